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

bool is_login(const Question& question) { return std::holds_alternative<LoginQuestion>(question); }

}  // namespace

// --- writing down ---

void RecordingNetwork::start(Ticket ticket, const Question& question, Instant deadline) {
  address_told_ = address_told_ || holds_address(question);
  out_[ticket] = entries_.size();
  entries_.push_back({now() - began_, pseudonym_.hidden(without_secrets(question)), {}, std::nullopt});
  network_.start(ticket, question, deadline);
}

void RecordingNetwork::cancel(Ticket ticket) {
  out_.erase(ticket);
  network_.cancel(ticket);
}

std::vector<Completion> RecordingNetwork::wait_until(Instant until) {
  auto completions = network_.wait_until(until);
  for (const auto& completion : completions) {
    const auto entry = out_.extract(completion.ticket);
    if (entry.empty()) continue;
    auto& written = entries_[entry.mapped()];
    written.answered = now() - began_;
    written.answer = is_login(written.question) ? without_words(completion.answer)
                                                : pseudonym_.hidden(completion.answer, address_told_);
  }
  return completions;
}

// --- and again ---

ReplayingNetwork::ReplayingNetwork(const Recording& recording, const std::optional<EmailAddress>& address)
    : pseudonym_(address), recording_(recording) {
  for (const auto& entry : recording.entries) answers_[entry.question].push_back(&entry);
}

void ReplayingNetwork::start(Ticket ticket, const Question& question, Instant deadline) {
  const std::size_t unknown = recording_.entries.size();
  const auto known = answers_.find(pseudonym_.hidden(without_secrets(question)));
  if (known == answers_.end() || known->second.empty()) {
    const Failure failure{FailureKind::not_asked, "not in the recording"};
    due_.insert_or_assign({now_, unknown + due_.size()}, Completion{ticket, failure});
    return;
  }
  const auto& entry = *known->second.front();
  known->second.pop_front();
  const auto place = static_cast<std::size_t>(&entry - recording_.entries.data());
  // A time-out comes a moment after the deadline where the clock is a real one.
  const Instant when = std::clamp(entry.answer ? entry.answered : deadline, now_, std::max(deadline, now_));
  const Failure silence{FailureKind::timed_out, "no answer in the recording"};
  Answer answer = entry.answer ? pseudonym_.shown(*entry.answer) : silence;
  due_[{when, place}] = {ticket, is_login(question) ? with_words(std::move(answer)) : std::move(answer)};
}

void ReplayingNetwork::cancel(Ticket ticket) {
  std::erase_if(due_, [&](const auto& each) { return each.second.ticket == ticket; });
}

std::vector<Completion> ReplayingNetwork::wait_until(Instant until) {
  std::vector<Completion> completions;
  if (due_.empty() || due_.begin()->first.first > until) {
    now_ = std::max(now_, until);
    return completions;
  }
  now_ = std::max(now_, due_.begin()->first.first);
  while (!due_.empty() && due_.begin()->first.first <= now_) {
    completions.push_back(std::move(due_.extract(due_.begin()).mapped()));
  }
  return completions;
}

}  // namespace mailconf
