#include "server/audits/audit_watch.h"

#include <utility>

namespace mailconf::server {

AuditWatch::AuditWatch(AuditRounds rounds, std::size_t at_once, AuditLedger& ledger, Renew renew,
                       std::function<void()> round_begins, Clock now)
    : rounds_(std::move(rounds)),
      ledger_(ledger),
      renew_(std::move(renew)),
      round_begins_(std::move(round_begins)),
      now_(std::move(now)) {
  for (std::size_t i = 0; i < at_once; ++i) threads_.emplace_back([this](const std::stop_token& stop) { work(stop); });
}

// All are told before the first one is waited for.
AuditWatch::~AuditWatch() {
  for (auto& thread : threads_) thread.request_stop();
}

void AuditWatch::work(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    std::unique_lock lock(mutex_);
    const auto turn = take();
    if (const auto wait = turn.at - now_(); wait.count() > 0) never_.wait_for(lock, stop, wait, [] { return false; });
    lock.unlock();
    if (turn.domain && !stop.stop_requested()) renew_(*turn.domain, stop);
  }
}

AuditTurn AuditWatch::take() {
  auto turn = rounds_.next(now_());
  if (turn.first) {
    ledger_.round_begins(std::exchange(had_a_round_, true));
    round_begins_();
  }
  if (turn.domain) ledger_.seen(*turn.domain);
  return turn;
}

}  // namespace mailconf::server
