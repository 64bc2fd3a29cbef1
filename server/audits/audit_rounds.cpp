#include "server/audits/audit_rounds.h"

#include <algorithm>

namespace mailconf::server {

AuditTurn AuditRounds::next(Instant now) {
  if (!began_) begin_round(now);
  if (!turn_page()) return {std::nullopt, now + again};
  if (page_.empty()) {
    if (taken_ == 0) return {std::nullopt, now + again};
    begin_round(now);
    if (!turn_page() || page_.empty()) return {std::nullopt, now + again};
  }
  if (taken_ == 0) count_ = std::min(names_.count(), most_);
  AuditTurn turn{std::move(page_.front()), slot(now), taken_ == 0};
  page_.pop_front();
  last_ = turn.domain;
  ++taken_;
  return turn;
}

// A round that has ended in time is followed by the next one when its period is over.
void AuditRounds::begin_round(Instant now) {
  if (spread_) {
    began_ = std::max(*began_ + every_, now);
  } else {
    spread_ = began_.has_value();
    began_ = now;
  }
  taken_ = 0;
  last_ = std::nullopt;
}

bool AuditRounds::turn_page() {
  const auto room = std::min(page_size, most_ - taken_);
  if (!page_.empty() || room == 0) return true;
  auto names = names_.page(last_, room);
  if (!names) return false;
  page_.assign(names->begin(), names->end());
  return true;
}

// The last one at the end of the period. Domains that came while the round was under way come at its end.
AuditRounds::Instant AuditRounds::slot(Instant now) const {
  if (!spread_) return now;
  const auto all = static_cast<std::int64_t>(std::max<std::size_t>(count_, 1));
  const auto place = std::min(static_cast<std::int64_t>(taken_) + 1, all);
  return *began_ + every_ * place / all;
}

}  // namespace mailconf::server
