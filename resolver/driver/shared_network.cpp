#include "driver/shared_network.h"

#include <algorithm>

#include "model/host.h"
#include "model/text.h"

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

struct Remote {
  std::string host;  // empty: the name server
  std::uint16_t port = 0;
};

struct RemoteOf {
  Remote operator()(const DnsQuestion&) const { return {}; }
  Remote operator()(const HttpQuestion& asked) const { return {asked.url.host, asked.url.port}; }
  Remote operator()(const ProbeQuestion& asked) const { return {asked.host, asked.port}; }
  Remote operator()(const LoginQuestion& asked) const { return (*this)(asked.server); }
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
  inquiry.guest.host = std::visit(RemoteOf{}, question).host;
  auto addresses = addresses_of(question);
  inquiry.finds_addresses = !addresses;
  inquiry.guest.addresses = std::move(addresses).value_or(std::vector<std::string>());
  inquiry.since = now();
  inquiry.askers = std::move(askers);
  for (const auto& asker : inquiry.askers) by_ticket_[asker.ticket] = number;
  if (is_shared(question)) by_question_[question] = number;
  take_turn(number);
}

// What a host's place is taken for, if that is known without asking. Nothing: the name server has to be asked.
std::optional<std::vector<std::string>> SharedNetwork::addresses_of(const Question& question) {
  const auto [host, port] = std::visit(RemoteOf{}, question);
  if (!by_address_ || host.empty()) return std::vector<std::string>();
  for (const auto& each : connect_to_) {
    if (equal_ignoring_case(each.host, host) && each.port == port) return std::vector{each.address};
  }
  if (is_address_literal(host)) return std::vector{host};
  const auto* remembered = memory_.recall(DnsQuestion{RecordType::addresses, host}, now());
  const auto* known = remembered ? std::get_if<DnsAnswer>(&remembered->answer) : nullptr;
  return known ? std::optional(known->addresses) : std::nullopt;
}

void SharedNetwork::take_turn(Number number) {
  const auto& inquiry = inquiries_.at(number);
  places_.take(wanted(inquiry)) ? send(number) : queue(number);
}

void SharedNetwork::queue(Number number) {
  auto& inquiry = inquiries_.at(number);
  Line& line = line_of(inquiry);
  inquiry.place = line.insert(line.end(), number);
  inquiry.waits_since = now();
  for (const auto& asker : inquiry.askers) {
    ends_.erase({asker.deadline, asker.ticket});
    begin_wait(asker.ticket.owner);
  }
}

void SharedNetwork::send(Number number) {
  auto& inquiry = inquiries_.at(number);
  inquiry.out = true;
  inquiry.deadline = Instant(0);
  for (const auto& asker : inquiry.askers) inquiry.deadline = std::max(inquiry.deadline, asker.deadline);
  for (const auto& asker : inquiry.askers) {
    if (asker.deadline < inquiry.deadline) ends_.emplace(asker.deadline, asker.ticket);
  }
  if (!inquiry.finds_addresses) return network_.start({inquiry.owner, number}, inquiry.question, inquiry.deadline);
  const DnsQuestion addresses{RecordType::addresses, inquiry.guest.host};
  network_.start({inquiry.owner, number}, addresses, std::min(inquiry.deadline, now() + timing::dns_question));
}

// --- answers ---

void SharedNetwork::arrive(Number number, const Answer& answer) {
  const auto& inquiry = inquiries_.at(number);
  const auto* addresses = inquiry.finds_addresses ? std::get_if<DnsAnswer>(&answer) : nullptr;
  if (!addresses) return settle(number, answer);
  learn_addresses(number, *addresses, now() - inquiry.since);
}

// That a host has none is for the network to say.
void SharedNetwork::learn_addresses(Number number, const DnsAnswer& answer, Duration took) {
  auto& inquiry = inquiries_.at(number);
  memory_.keep(DnsQuestion{RecordType::addresses, inquiry.guest.host}, {answer, took}, now());
  give_back(wanted(inquiry));
  inquiry.finds_addresses = false;
  inquiry.guest.addresses = answer.addresses;
  inquiry.out = false;
  for (const auto& asker : inquiry.askers) ends_.erase({asker.deadline, asker.ticket});
  take_turn(number);
}

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
    for (const auto& completion : arrived) arrive(completion.ticket.number, completion.answer);
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
  if (const auto* first = first_in_line()) limit = std::min(limit, first->waits_since + patience_);
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
    give_back(wanted(inquiry));
  } else {
    line_of(inquiry).erase(inquiry.place);
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
