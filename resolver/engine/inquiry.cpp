#include "engine/inquiry.h"

#include <algorithm>
#include <fmt/core.h>

#include "engine/findings.h"
#include "engine/follow_ups.h"
#include "engine/services.h"

namespace mailconf {
namespace {

std::size_t urgency_of(const Ask& ask) {
  switch (ask.purpose) {
    case Purpose::mail:
      return ask.source + 1;
    case Purpose::beside:
      return Exchanges::beside;
    case Purpose::vouching:
    case Purpose::sign_in:
      break;
  }
  return Exchanges::following;
}

}  // namespace

void Inquiry::notice(Exchanges::Id exchange) {
  for (std::size_t index = 0; index < state_.asks.size(); ++index) {
    if (state_.asks[index].exchange == exchange && !state_.asks[index].verdict) due_.push_back(index);
  }
}

void Inquiry::advance() {
  do {
    deliver();
  } while (begin_sources() || !due_.empty());
}

// In order of rank, as long as nothing whole and sound of better rank makes them superfluous.
bool Inquiry::begin_sources() {
  bool begun = false;
  for (std::size_t rank = 0; rank < state_.sources.size(); ++rank) {
    const auto settled = settled_rank(state_);
    if (settled && *settled < rank) break;
    auto& source = state_.sources[rank];
    if (source.source) continue;
    source.source = source.entry.make(state_.subject);
    take(rank, std::nullopt, source.source->begin());
    begun = true;
  }
  return begun;
}

void Inquiry::deliver() {
  while (!due_.empty()) {
    const std::size_t index = due_.front();
    due_.pop_front();
    const auto asked = state_.asks[index];
    auto& source = state_.sources[asked.source];
    if (asked.verdict || (source.stopped && !asked.beside())) continue;
    const auto& exchange = state_.exchanges[asked.exchange];
    const Question question = exchange.question;
    const Answer answer = *exchange.answer;
    if (!asked.beside()) --source.outstanding;
    if (asked.follow_up) {
      const Step step = source.follow_ups[*asked.follow_up].source->on_answer(question, answer);
      state_.asks[index].verdict = step.verdict;
      take_of_follow_up(
          {.source = asked.source, .because = index, .purpose = asked.purpose, .follow_up = asked.follow_up}, step);
    } else {
      take(asked.source, index, source.source->on_answer(question, answer));
    }
    if (observer_.answered) observer_.answered(row_of(state_, state_.asks[index]));
  }
}

void Inquiry::take(std::size_t rank, std::optional<std::size_t> because, Step step) {
  if (because) {
    state_.asks[*because].verdict = step.verdict;
  } else if (step.ask.empty()) {
    state_.sources[rank].verdict = step.verdict;
  }
  for (const auto& question : step.ask) ask({.source = rank, .because = because}, question);
  for (const auto& question : step.ask_beside)
    ask({.source = rank, .because = because, .purpose = Purpose::beside}, question);
  tell_warnings(rank, step.diagnostics);
  if (step.found) {
    state_.findings.insert_or_assign(rank, make_finding(state_, rank, *step.found, evidence_of(rank)));
    follow_up(rank, because);
  }
  for (const auto& service : step.services) {
    if (because) state_.services.push_back(make_service_finding(state_, *because, service));
  }
}

// Begins what would help the finding of that rank and was not begun before.
void Inquiry::follow_up(std::size_t rank, std::optional<std::size_t> because) {
  auto& begun = state_.sources[rank].follow_ups;
  for (auto& wanted : follow_ups_of(state_, state_.findings.at(rank))) {
    const bool is_known = std::any_of(begun.begin(), begun.end(), [&](const FollowUp& each) {
      return each.purpose == wanted.purpose && each.about == wanted.about;
    });
    if (is_known) continue;
    begun.push_back(std::move(wanted));
    const Step step = begun.back().source->begin();
    take_of_follow_up(
        {.source = rank, .because = because, .purpose = begun.back().purpose, .follow_up = begun.size() - 1}, step);
  }
}

// `next` is what it asks now, but for the question. With what it has found in the end, the settings are looked at
// again.
void Inquiry::take_of_follow_up(const Ask& next, const Step& step) {
  for (const auto& question : step.ask) ask(next, question);
  tell_warnings(next.source, step.diagnostics);
  if (step.verdict.outcome != Outcome::found || !step.ask.empty()) return;
  const auto& about = state_.sources[next.source].follow_ups[*next.follow_up].about;
  if (step.found && step.found->oauth2) state_.sign_in.insert_or_assign(about, *step.found->oauth2);
  auto& finding = state_.findings.at(next.source);
  const Instant found_at = finding.found_at;
  finding = make_finding(state_, next.source, Settings(finding.published), evidence_of(next.source));
  finding.found_at = found_at;
  follow_up(next.source, next.because);
}

void Inquiry::ask(Ask made, const Question& question) {
  made.exchange = state_.exchanges.ask(question, urgency_of(made));
  if (const auto look_up = look_up_of_host(made.source, question)) made.because = look_up;
  state_.asks.push_back(made);
  if (!made.beside()) ++state_.sources[made.source].outstanding;
  if (observer_.asked) observer_.asked(row_of(state_, made));
  if (state_.exchanges[made.exchange].answer) due_.push_back(state_.asks.size() - 1);
}

// A port is tried because its host has an address, whichever answer came last.
std::optional<std::size_t> Inquiry::look_up_of_host(std::size_t rank, const Question& question) const {
  const auto* port = std::get_if<ProbeQuestion>(&question);
  if (!port) return std::nullopt;
  const Question look_up = DnsQuestion{RecordType::addresses, port->host};
  for (std::size_t index = 0; index < state_.asks.size(); ++index) {
    const auto& ask = state_.asks[index];
    if (ask.source == rank && state_.exchanges[ask.exchange].question == look_up) return index;
  }
  return std::nullopt;
}

// What a source's settings rest on: the answers that told it something, and what led to them.
std::vector<std::size_t> Inquiry::evidence_of(std::size_t rank) const {
  std::vector<std::size_t> evidence;
  for (std::size_t index = 0; index < state_.asks.size(); ++index) {
    const auto& ask = state_.asks[index];
    if (ask.source != rank || !ask.verdict || ask.verdict->outcome != Outcome::found) continue;
    if (ask.beside() && ask.purpose != Purpose::vouching) continue;
    for (std::optional<std::size_t> link = index; link; link = state_.asks[*link].because) {
      if (std::find(evidence.begin(), evidence.end(), *link) == evidence.end()) evidence.push_back(*link);
    }
  }
  return evidence;
}

void Inquiry::tell_warnings(std::size_t rank, const std::vector<Diagnostic>& diagnostics) {
  for (const auto& diagnostic : diagnostics) {
    const std::string place = diagnostic.place.empty() ? "" : fmt::format(" ({})", diagnostic.place);
    Warning warning{diagnostic.code, fmt::format("{}: {}{}", state_.sources[rank].entry.id, diagnostic.message, place)};
    if (std::find(state_.warnings.begin(), state_.warnings.end(), warning) == state_.warnings.end()) {
      state_.warnings.push_back(std::move(warning));
    }
  }
}

}  // namespace mailconf
