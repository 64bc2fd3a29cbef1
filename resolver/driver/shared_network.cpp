#include "driver/shared_network.h"

#include <algorithm>
#include <fmt/core.h>

namespace mailconf {
namespace {

// A redirect can put an address anywhere into a URL; only the plainest ones are for everybody.
bool may_hold_an_address(const HttpQuestion& asked) {
  return !asked.body.empty() || !asked.url.query.empty() || asked.url.path.find('@') != std::string::npos ||
         asked.url.path.find("%40") != std::string::npos;
}

bool is_shared(const Question& question) {
  if (std::holds_alternative<LoginQuestion>(question)) return false;
  const auto* document = std::get_if<HttpQuestion>(&question);
  return !document || !may_hold_an_address(*document);
}

struct HostOf {
  std::string operator()(const DnsQuestion&) const { return ""; }
  std::string operator()(const HttpQuestion& asked) const { return asked.url.host; }
  std::string operator()(const ProbeQuestion& asked) const { return asked.host; }
  std::string operator()(const LoginQuestion& asked) const { return asked.server.host; }
};

bool is_time_out(const Answer& answer) {
  const auto* failure = std::get_if<Failure>(&answer);
  return failure && failure->kind == FailureKind::timed_out;
}

}  // namespace

// --- asking ---

void SharedNetwork::start(Ticket ticket, const Question& question, Instant deadline) {
  const Asker asker{ticket, now(), deadline};
  if (is_shared(question)) {
    if (const auto* remembered = memory_.recall(question, now()))
      return answer(asker, now() + remembered->took, remembered->answer);
    if (const auto known = by_question_.find(question); known != by_question_.end()) return join(known->second, asker);
  }
  ask(question, {asker});
}

void SharedNetwork::join(Number number, const Asker& asker) {
  auto& inquiry = inquiries_.at(number);
  inquiry.askers.push_back(asker);
  by_ticket_[asker.ticket] = number;
  if (!inquiry.out) return begin_wait(asker.ticket.owner);
  if (asker.deadline < inquiry.deadline) ends_.emplace(asker.deadline, asker.ticket);
}

void SharedNetwork::ask(const Question& question, std::vector<Asker> askers) {
  const Number number = ++last_number_;
  auto& inquiry = inquiries_[number];
  inquiry.question = question;
  inquiry.owner = askers.front().ticket.owner;
  inquiry.host = std::visit(HostOf{}, question);
  inquiry.since = now();
  inquiry.askers = std::move(askers);
  for (const auto& asker : inquiry.askers) by_ticket_[asker.ticket] = number;
  if (is_shared(question)) by_question_[question] = number;
  places_.take(inquiry.host) ? send(number) : queue(number);
}

void SharedNetwork::queue(Number number) {
  queue_.push_back(number);
  for (const auto& asker : inquiries_.at(number).askers) begin_wait(asker.ticket.owner);
}

void SharedNetwork::send(Number number) {
  auto& inquiry = inquiries_.at(number);
  inquiry.out = true;
  inquiry.since = now();
  inquiry.deadline = Instant(0);
  for (const auto& asker : inquiry.askers) inquiry.deadline = std::max(inquiry.deadline, asker.deadline);
  for (const auto& asker : inquiry.askers) {
    if (asker.deadline < inquiry.deadline) ends_.emplace(asker.deadline, asker.ticket);
  }
  network_.start({inquiry.owner, number}, inquiry.question, inquiry.deadline);
}

// --- taking turns ---

void SharedNetwork::send_those_whose_turn_it_is() {
  for (auto place = queue_.begin(); place != queue_.end();) {
    auto& inquiry = inquiries_.at(*place);
    if (!places_.take(inquiry.host)) {
      ++place;
      continue;
    }
    for (auto& asker : inquiry.askers) {
      asker.deadline += now() - std::max(asker.since, inquiry.since);
      asker.since = now();
      end_wait(asker.ticket.owner);
    }
    const Number number = *place;
    place = queue_.erase(place);
    send(number);
  }
}

void SharedNetwork::give_up_waiting() {
  while (!queue_.empty() && inquiries_.at(queue_.front()).since + patience_ <= now()) {
    const Number number = queue_.front();
    const auto askers = inquiries_.at(number).askers;
    const Failure failure{FailureKind::not_asked, fmt::format("not asked: too much was being asked of {} by others",
                                                              inquiries_.at(number).host)};
    erase(number);
    for (const auto& asker : askers) answer(asker, now(), failure);
  }
}

void SharedNetwork::begin_wait(std::uint32_t owner) {
  auto& wait = waits_[owner];
  if (wait.questions++ == 0) wait.since = now();
}

void SharedNetwork::end_wait(std::uint32_t owner) {
  const auto wait = waits_.find(owner);
  if (wait != waits_.end() && --wait->second.questions == 0) wait->second.before += now() - wait->second.since;
}

Duration SharedNetwork::waited(std::uint32_t owner) const {
  const auto wait = waits_.find(owner);
  if (wait == waits_.end()) return {};
  return wait->second.before + (wait->second.questions > 0 ? now() - wait->second.since : Duration{});
}

bool SharedNetwork::is_waiting(std::uint32_t owner) const {
  const auto wait = waits_.find(owner);
  return wait != waits_.end() && wait->second.questions > 0;
}

// --- answers ---

void SharedNetwork::settle(Number number, const Answer& given) {
  const Inquiry inquiry = inquiries_.at(number);
  erase(number);
  const Duration took = now() - inquiry.since;
  // Time that is up is the first askers': whoever joined later and has some left asks again.
  std::vector<Asker> again;
  for (const auto& asker : inquiry.askers) {
    const bool has_time = is_time_out(given) && now() >= inquiry.deadline && asker.deadline > now();
    has_time ? again.push_back(asker) : answer(asker, asker.since + took, given);
  }
  if (!again.empty()) ask(inquiry.question, std::move(again));
  if (is_shared(inquiry.question)) memory_.keep(inquiry.question, {given, took}, now());
}

void SharedNetwork::answer(const Asker& asker, Instant due, const Answer& answer) {
  const Instant when = std::min(std::max(due, now()), std::max(asker.deadline, now()));
  due_.insert_or_assign({when, asker.ticket}, answer);
  due_at_[asker.ticket] = when;
}

void SharedNetwork::end_those_out_of_time() {
  while (!ends_.empty() && ends_.begin()->first <= now()) {
    const auto [when, ticket] = *ends_.begin();
    leave(ticket);
    answer({ticket, when, when}, when, Failure{FailureKind::timed_out, "no answer in the time left"});
  }
}

std::vector<Completion> SharedNetwork::wait_until(Instant until) {
  for (bool waited_enough = false;;) {
    give_up_waiting();
    end_those_out_of_time();
    auto completions = take_what_is_due();
    if (!completions.empty() || waited_enough) return completions;
    const Instant next = next_event(until);
    const auto arrived = network_.wait_until(next);
    for (const auto& completion : arrived) settle(completion.ticket.number, completion.answer);
    send_those_whose_turn_it_is();
    // Nothing before its time: somebody called wake().
    waited_enough = arrived.empty() && (now() < next || now() >= until);
  }
}

std::vector<Completion> SharedNetwork::take_what_is_due() {
  std::vector<Completion> completions;
  while (!due_.empty() && due_.begin()->first.first <= now()) {
    auto due = due_.extract(due_.begin());
    due_at_.erase(due.key().second);
    completions.push_back({due.key().second, std::move(due.mapped())});
  }
  return completions;
}

Instant SharedNetwork::next_event(Instant limit) const {
  if (!due_.empty()) limit = std::min(limit, due_.begin()->first.first);
  if (!ends_.empty()) limit = std::min(limit, ends_.begin()->first);
  if (!queue_.empty()) limit = std::min(limit, inquiries_.at(queue_.front()).since + patience_);
  return limit;
}

// --- leaving ---

void SharedNetwork::cancel(Ticket ticket) {
  if (const auto due = due_at_.find(ticket); due != due_at_.end()) {
    due_.erase({due->second, ticket});
    due_at_.erase(due);
  }
  if (by_ticket_.contains(ticket)) leave(ticket);
  send_those_whose_turn_it_is();
}

void SharedNetwork::leave(Ticket ticket) {
  const auto place = by_ticket_.extract(ticket);
  const Number number = place.mapped();
  auto& inquiry = inquiries_.at(number);
  const auto asker = std::find_if(inquiry.askers.begin(), inquiry.askers.end(),
                                  [&](const Asker& each) { return each.ticket == ticket; });
  ends_.erase({asker->deadline, ticket});
  inquiry.askers.erase(asker);
  if (!inquiry.out) end_wait(ticket.owner);
  if (!inquiry.askers.empty()) return;
  if (inquiry.out) network_.cancel({inquiry.owner, number});
  erase(number);
}

// The inquiry is over, or nobody wants it any more: its place is free.
void SharedNetwork::erase(Number number) {
  auto inquiry = std::move(inquiries_.extract(number).mapped());
  if (inquiry.out) {
    places_.give_back(inquiry.host);
  } else {
    queue_.remove(number);
  }
  if (const auto own = by_question_.find(inquiry.question); own != by_question_.end() && own->second == number)
    by_question_.erase(own);
  for (const auto& asker : inquiry.askers) {
    if (!inquiry.out) end_wait(asker.ticket.owner);
    ends_.erase({asker.deadline, asker.ticket});
    by_ticket_.erase(asker.ticket);
  }
}

}  // namespace mailconf
