#include "driver/recorded_network.h"

#include <algorithm>

namespace mailconf {
namespace {

bool holds_address(const Question& question) {
  const auto* document = std::get_if<HttpQuestion>(&question);
  return document && !document->url.query.empty();
}

// The same without what only the user and the server are to know.
Question without_secrets(const Question& question) {
  const auto* login = std::get_if<LoginQuestion>(&question);
  return login ? Question(LoginQuestion{login->server, "", nullptr}) : question;
}

Answer without_words(const Answer& answer) {
  if (const auto* login = std::get_if<LoginAnswer>(&answer)) return LoginAnswer{login->outcome, login->mechanism, ""};
  if (const auto* failure = std::get_if<Failure>(&answer)) return Failure{failure->kind, ""};
  return answer;
}

// What replaces them.
Answer with_words(Answer answer) {
  const char* const unknown = "what was said is not in the recording";
  auto* login = std::get_if<LoginAnswer>(&answer);
  if (login && login->outcome != LoginOutcome::accepted) login->reason = unknown;
  if (auto* failure = std::get_if<Failure>(&answer)) failure->detail = unknown;
  return answer;
}

constexpr Duration a_moment(1);

bool is_login(const Question& question) { return std::holds_alternative<LoginQuestion>(question); }

}  // namespace

// --- writing down ---

void RecordingNetwork::start(Ticket ticket, const Question& question, Instant deadline) {
  address_told_ = address_told_ || holds_address(question);
  out_[ticket] = entries_.size();
  entries_.push_back({time_of(ticket.owner),
                      pseudonym_.hidden(without_secrets(question)),
                      {},
                      std::nullopt,
                      askers_.number(ticket.owner)});
  network_.start(ticket, question, deadline);
}

void RecordingNetwork::cancel(Ticket ticket) {
  out_.erase(ticket);
  network_.cancel(ticket);
}

std::vector<Completion> RecordingNetwork::wait_until(Instant until) {
  auto completions = network_.wait_until(until);
  const Instant at = now();  // what came together is written down so
  if (!completions.empty()) ++batches_;
  for (const auto& completion : completions) write_down(completion, at);
  return completions;
}

void RecordingNetwork::write_down(const Completion& completion, Instant at) {
  const auto entry = out_.extract(completion.ticket);
  if (entry.empty()) return;
  auto& written = entries_[entry.mapped()];
  // The clock of an owner who waits runs on a little between two looks at it.
  Duration& latest = latest_[completion.ticket.owner];
  latest = std::max(latest, at - began_ - waited(completion.ticket.owner));
  written.answered = latest;
  written.batch = batches_;
  written.order = ++answers_;
  written.answer = is_login(written.question) ? without_words(completion.answer)
                                              : pseudonym_.hidden(completion.answer, address_told_);
}

// --- and again ---

ReplayingNetwork::ReplayingNetwork(const Recording& recording, const std::optional<EmailAddress>& address)
    : pseudonym_(address), recording_(recording) {
  for (const auto& entry : recording.entries) answers_[entry.question].push_back(&entry);
}

const Recording::Entry* ReplayingNetwork::take(const Question& question, std::uint32_t asker) {
  const auto known = answers_.find(question);
  if (known == answers_.end() || known->second.empty()) return nullptr;
  auto& entries = known->second;
  auto entry = std::ranges::find(entries, asker, &Recording::Entry::asker);
  if (entry == entries.end()) entry = entries.begin();
  const auto* taken = *entry;
  entries.erase(entry);
  return taken;
}

void ReplayingNetwork::start(Ticket ticket, const Question& question, Instant deadline) {
  const auto* known = take(pseudonym_.hidden(without_secrets(question)), askers_.number(ticket.owner));
  if (!known) {
    const Failure failure{FailureKind::not_asked, "not in the recording"};
    due_[{now_, recording_.entries.size(), 0, unknown_++}] = {ticket, failure};
    return;
  }
  const auto& entry = *known;
  const auto place = static_cast<std::size_t>(&entry - recording_.entries.data());
  // A time-out comes a moment after the deadline where the clock is a real one. An answer that nobody waited for comes
  // later still: who goes on at the deadline has said so by then.
  const Instant last = std::max(deadline, now_);
  const Instant when = entry.answer ? std::clamp(entry.answered, now_, last) : last + a_moment;
  const Failure silence{FailureKind::timed_out, "no answer in the recording"};
  Answer answer = entry.answer ? pseudonym_.shown(*entry.answer) : silence;
  due_[{when, entry.batch, entry.order, place}] = {
      ticket, is_login(question) ? with_words(std::move(answer)) : std::move(answer)};
}

void ReplayingNetwork::cancel(Ticket ticket) {
  std::erase_if(due_, [&](const auto& each) { return each.second.ticket == ticket; });
}

std::vector<Completion> ReplayingNetwork::wait_until(Instant until) {
  std::vector<Completion> completions;
  if (due_.empty() || std::get<Instant>(due_.begin()->first) > until) {
    now_ = std::max(now_, until);
    return completions;
  }
  now_ = std::max(now_, std::get<Instant>(due_.begin()->first));
  const auto batch = std::get<1>(due_.begin()->first);
  while (!due_.empty() && std::get<Instant>(due_.begin()->first) <= now_ && std::get<1>(due_.begin()->first) == batch) {
    completions.push_back(std::move(due_.extract(due_.begin()).mapped()));
  }
  return completions;
}

}  // namespace mailconf
