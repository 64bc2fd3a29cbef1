#include "audit/auditing.h"

#include <algorithm>

#include "audit/judges.h"
#include "audit/wanted.h"

namespace mailconf::audit {
namespace {

// Name, connect, handshake and answer of one question: a host that is firewalled must leave time for what follows from
// the others.
constexpr Duration patience = std::chrono::milliseconds(4000);

// What other answers call for nothing more.
bool leads_on(const Answer& answer) {
  if (const auto* dns = std::get_if<DnsAnswer>(&answer)) return !dns->srv.empty() || !dns->mx.empty();
  return std::holds_alternative<HttpAnswer>(answer);
}

bool is_answered_question_of_names(const std::pair<const Question, Answer>& each) {
  return std::holds_alternative<DnsAnswer>(each.second);
}

}  // namespace

Auditing::Auditing(DomainName domain, Day today, Duration deadline, AuditObserver observer)
    : gathered_(std::move(domain), today), deadline_(deadline), observer_(std::move(observer)) {}

AuditOrders Auditing::begin(Instant now) {
  began_ = now;
  return ask_what_is_wanted(now);
}

AuditOrders Auditing::on_answer(std::uint32_t number, const Answer& answer, Instant now) {
  const auto open = open_.extract(number);
  if (open.empty()) return {};
  ended_ = now;
  gathered_.add(open.mapped(), answer);
  if (observer_.answered) observer_.answered(evidence_of(open.mapped(), answer));
  AuditOrders orders = leads_on(answer) ? ask_what_is_wanted(now) : AuditOrders{};
  orders.finished = open_.empty();
  return orders;
}

std::vector<std::uint32_t> Auditing::abort(Instant now) {
  ended_ = now;
  incomplete_ = "interrupted";
  std::vector<std::uint32_t> numbers;
  for (const auto& [number, question] : open_) numbers.push_back(number);
  open_.clear();
  return numbers;
}

AuditOrders Auditing::ask_what_is_wanted(Instant now) {
  const Instant end = began_ + deadline_;
  AuditOrders orders;
  for (auto& question : wanted(gathered_)) {
    const bool is_open = std::ranges::any_of(open_, [&](const auto& each) { return each.second == question; });
    if (is_open || gathered_.answer(question)) continue;
    if (now >= end) {
      incomplete_ = "time ran out";
      break;
    }
    orders.start.push_back({next_, question, std::min(end, now + patience)});
    open_.emplace(next_++, std::move(question));
  }
  return orders;
}

Audit Auditing::audit() const {
  Audit result;
  result.domain = gathered_.domain().ascii();
  result.findings = judge(gathered_);
  for (const auto& question : gathered_.in_order()) result.asked.push_back(evidence(gathered_, question));
  result.incomplete = incomplete_;
  if (incomplete_.empty() && std::ranges::none_of(gathered_.answers(), is_answered_question_of_names))
    result.incomplete = "no name could be looked up";
  result.complete = result.incomplete.empty();
  result.elapsed = ended_ - began_;
  return result;
}

}  // namespace mailconf::audit
