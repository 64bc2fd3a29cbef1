#include "engine/resolution.h"

#include <algorithm>
#include <deque>
#include <fmt/format.h>

#include "engine/findings.h"
#include "engine/proof.h"
#include "engine/report_builder.h"
#include "engine/state.h"
#include "engine/timing.h"

namespace mailconf {

namespace {

bool is_running(const SourceState& source) { return source.outstanding > 0 && !source.stopped; }

}  // namespace

class Resolution::Implementation {
 public:
  Implementation(const Subject& subject, std::vector<CatalogEntry> catalog, const ResolutionOptions& options,
                 Observer observer)
      : state_(subject, options), observer_(std::move(observer)) {
    for (auto& entry : catalog) state_.sources.push_back({std::move(entry), nullptr, 0, std::nullopt, false});
  }

  Orders begin(Instant now);
  Orders on_answer(std::uint32_t number, const Answer& answer, Instant now);
  Orders on_time(Instant now);
  Orders abort(Instant now);

  Report report;

 private:
  Orders advance();
  bool begin_sources();
  void deliver();
  void take(std::size_t rank, std::optional<std::size_t> because, Step step);
  void ask(std::size_t rank, std::optional<std::size_t> because, const Question& question);
  [[nodiscard]] std::vector<std::size_t> evidence_of(std::size_t rank) const;
  void tell_warnings(std::size_t rank, const std::vector<Diagnostic>& diagnostics);

  void prove(const Finding& finding);
  void prove_servers(const std::vector<FoundServer>& servers);
  [[nodiscard]] std::optional<std::size_t> settled_rank() const;
  void stop_below(std::size_t rank);
  void drop_unwanted_exchanges();
  [[nodiscard]] bool is_wanted(Exchanges::Id id) const;
  [[nodiscard]] bool is_proof(Exchanges::Id id) const;
  void end_guessing();
  void settle();
  void settle_proven(const Chosen& chosen);
  void note_milestones(const Chosen& chosen);
  void finish(State::End end);
  [[nodiscard]] bool anything_running() const;
  [[nodiscard]] bool better_running(std::size_t rank) const;
  [[nodiscard]] bool proofs_pending(const Chosen& chosen) const;

  [[nodiscard]] bool is_guess(Exchanges::Id id) const;
  [[nodiscard]] bool may_start(Exchanges::Id id) const;
  [[nodiscard]] Instant deadline_of(Exchanges::Id id) const;
  void wake_at(Instant when);
  [[nodiscard]] Instant next_wake() const;

  State state_;
  Observer observer_;
  std::deque<std::size_t> deliveries_;  // asks whose exchange has been answered
  std::vector<std::uint32_t> cancel_;
  std::optional<Instant> guessing_until_;
  std::optional<Instant> proven_at_;
  Instant wake_{};
};

// --- what comes in
// -----------------------------------------------------------------------------------------------------

Orders Resolution::Implementation::begin(Instant now) {
  state_.began = state_.now = now;
  return advance();
}

Orders Resolution::Implementation::on_answer(std::uint32_t number, const Answer& answer, Instant now) {
  state_.now = now;
  const auto exchange = state_.exchanges.on_answer(number, answer, now);
  if (exchange) {
    for (std::size_t index = 0; index < state_.asks.size(); ++index) {
      if (state_.asks[index].exchange == *exchange && !state_.asks[index].verdict) deliveries_.push_back(index);
    }
  }
  return advance();
}

Orders Resolution::Implementation::on_time(Instant now) {
  state_.now = now;
  return advance();
}

Orders Resolution::Implementation::abort(Instant now) {
  state_.now = now;
  finish(State::End::aborted);
  return advance();
}

// Every event ends here: answers are handed on, the choice is looked at again, and what is due goes out.
Orders Resolution::Implementation::advance() {
  wake_ = state_.began + state_.options.deadline;
  if (state_.now >= wake_) finish(State::End::out_of_time);
  if (guessing_until_ && state_.now >= *guessing_until_) end_guessing();
  if (state_.end == State::End::running) {
    do {
      deliver();
    } while (begin_sources() || !deliveries_.empty());
    settle();
  }
  Orders orders;
  if (state_.end == State::End::running) {
    drop_unwanted_exchanges();
    orders.start = state_.exchanges.start(
        state_.now, [this](Exchanges::Id id) { return may_start(id); },
        [this](Exchanges::Id id) { return deadline_of(id); });
    if (!guessing_until_ && std::any_of(orders.start.begin(), orders.start.end(), [this](const auto& start) {
          const auto id = state_.exchanges.find(start.question);
          return id && is_guess(*id);
        })) {
      guessing_until_ = state_.now + timing::guessing;
    }
    orders.wake = next_wake();
  }
  orders.cancel = std::exchange(cancel_, {});
  orders.finished = state_.end != State::End::running;
  return orders;
}

// --- sources
// -----------------------------------------------------------------------------------------------------------

// In order of rank, as long as nothing whole and sound of better rank makes them superfluous.
bool Resolution::Implementation::begin_sources() {
  bool begun = false;
  for (std::size_t rank = 0; rank < state_.sources.size(); ++rank) {
    const auto settled = settled_rank();
    if (settled && *settled < rank) break;
    auto& source = state_.sources[rank];
    if (source.source) continue;
    source.source = source.entry.make(state_.subject);
    take(rank, std::nullopt, source.source->begin());
    begun = true;
  }
  return begun;
}

void Resolution::Implementation::deliver() {
  while (!deliveries_.empty()) {
    const std::size_t index = deliveries_.front();
    deliveries_.pop_front();
    const auto asked = state_.asks[index];
    auto& source = state_.sources[asked.source];
    if (asked.verdict || source.stopped) continue;
    const auto& exchange = state_.exchanges[asked.exchange];
    const Question question = exchange.question;
    const Answer answer = *exchange.answer;
    --source.outstanding;
    take(asked.source, index, source.source->on_answer(question, answer));
    if (observer_.answered) observer_.answered(row_of(state_, state_.asks[index]));
  }
}

void Resolution::Implementation::take(std::size_t rank, std::optional<std::size_t> because, Step step) {
  if (because) {
    state_.asks[*because].verdict = step.verdict;
  } else if (step.ask.empty()) {
    state_.sources[rank].verdict = step.verdict;
  }
  for (const auto& question : step.ask) ask(rank, because, question);
  tell_warnings(rank, step.diagnostics);
  if (step.found) state_.findings.insert_or_assign(rank, make_finding(state_, rank, *step.found, evidence_of(rank)));
}

void Resolution::Implementation::ask(std::size_t rank, std::optional<std::size_t> because, const Question& question) {
  const auto exchange = state_.exchanges.ask(question, rank + 1);
  state_.asks.push_back({rank, exchange, because, std::nullopt});
  ++state_.sources[rank].outstanding;
  if (observer_.asked) observer_.asked(row_of(state_, state_.asks.back()));
  if (state_.exchanges[exchange].answer) deliveries_.push_back(state_.asks.size() - 1);
}

// What a source's settings rest on: the answers that told it something, and what led to them.
std::vector<std::size_t> Resolution::Implementation::evidence_of(std::size_t rank) const {
  std::vector<std::size_t> evidence;
  for (std::size_t index = 0; index < state_.asks.size(); ++index) {
    if (state_.asks[index].source != rank || !state_.asks[index].verdict) continue;
    if (state_.asks[index].verdict->outcome != Outcome::found) continue;
    for (std::optional<std::size_t> link = index; link; link = state_.asks[*link].because) {
      if (std::find(evidence.begin(), evidence.end(), *link) == evidence.end()) evidence.push_back(*link);
    }
  }
  return evidence;
}

void Resolution::Implementation::tell_warnings(std::size_t rank, const std::vector<Diagnostic>& diagnostics) {
  for (const auto& diagnostic : diagnostics) {
    const std::string place = diagnostic.place.empty() ? "" : fmt::format(" ({})", diagnostic.place);
    Warning warning{diagnostic.code, fmt::format("{}: {}{}", state_.sources[rank].entry.id, diagnostic.message, place)};
    if (std::find(state_.warnings.begin(), state_.warnings.end(), warning) == state_.warnings.end()) {
      state_.warnings.push_back(std::move(warning));
    }
  }
}

// --- choice
// ------------------------------------------------------------------------------------------------------------

// The rank of the settings that need no completion and have not failed their proof; nothing while there are none.
std::optional<std::size_t> Resolution::Implementation::settled_rank() const {
  for (const auto& [rank, finding] : state_.findings) {
    const auto candidate = candidate_of(state_, finding);
    if (candidate.incoming >= Standing::pending && candidate.outgoing >= Standing::pending) return rank;
  }
  return std::nullopt;
}

void Resolution::Implementation::settle() {
  if (state_.end != State::End::running) return;
  const Chosen chosen = choose(state_);
  note_milestones(chosen);
  if (state_.options.probe) {
    if (chosen.incoming) prove(*chosen.incoming);
    if (chosen.outgoing && chosen.outgoing != chosen.incoming) prove(*chosen.outgoing);
  }
  const bool proven = chosen.whole() && candidate_of(state_, *chosen.incoming).incoming == Standing::proven &&
                      candidate_of(state_, *chosen.outgoing).outgoing == Standing::proven;
  if (proven) {
    settle_proven(chosen);
  } else if (!anything_running() && !proofs_pending(chosen)) {
    finish(State::End::settled);
  }
}

// Whole and proven: only better-ranked sources can change anything now, and they have a grace.
void Resolution::Implementation::settle_proven(const Chosen& chosen) {
  const std::size_t rank = std::max(chosen.incoming->rank, chosen.outgoing->rank);
  stop_below(rank);
  const bool asked_nobody = chosen.incoming->evidence.empty() && chosen.outgoing->evidence.empty();
  const bool ask_nobody = !state_.options.probe && asked_nobody;
  if (better_running(rank) && !ask_nobody) {
    const Instant found = std::max(chosen.incoming->found_at, chosen.outgoing->found_at);
    const Instant patience = found + grace(state_.exchanges.slowest());
    if (state_.now < patience) return wake_at(patience);
  }
  if (proofs_pending(chosen) && state_.options.probe) {
    const Instant patience = proven_at_.value_or(state_.now) + timing::linger;
    if (state_.now < patience) return wake_at(patience);
  }
  finish(State::End::settled);
}

void Resolution::Implementation::note_milestones(const Chosen& chosen) {
  if (!chosen.whole()) return;
  if (!state_.provisional && settled_rank()) {
    state_.provisional = state_.now - state_.began;
    if (observer_.provisional) observer_.provisional(build_report(state_));
  }
  const bool proven = state_.options.probe && standing_of(state_, chosen.incoming->incoming) == Standing::proven &&
                      standing_of(state_, chosen.outgoing->outgoing) == Standing::proven;
  if (proven && !proven_at_) {
    proven_at_ = state_.now;
    state_.proved = state_.now - state_.began;
  }
}

bool Resolution::Implementation::anything_running() const {
  return std::any_of(state_.sources.begin(), state_.sources.end(), is_running);
}

bool Resolution::Implementation::better_running(std::size_t rank) const {
  return std::any_of(state_.sources.begin(), state_.sources.begin() + static_cast<std::ptrdiff_t>(rank), is_running);
}

bool Resolution::Implementation::proofs_pending(const Chosen& chosen) const {
  const auto pending = [this](const FoundServer& found) {
    return proof_question(found.server) && !proof_of(state_, found.server);
  };
  return state_.options.probe && ((chosen.incoming && std::any_of(chosen.incoming->incoming.begin(),
                                                                  chosen.incoming->incoming.end(), pending)) ||
                                  (chosen.outgoing && std::any_of(chosen.outgoing->outgoing.begin(),
                                                                  chosen.outgoing->outgoing.end(), pending)));
}

// --- proofs
// ------------------------------------------------------------------------------------------------------------

void Resolution::Implementation::prove(const Finding& finding) {
  prove_servers(finding.incoming);
  prove_servers(finding.outgoing);
}

void Resolution::Implementation::prove_servers(const std::vector<FoundServer>& servers) {
  for (const auto& found : servers) {
    if (const auto question = proof_question(found.server)) state_.exchanges.ask(*question, 0);
  }
}

bool Resolution::Implementation::is_proof(Exchanges::Id id) const { return state_.exchanges[id].urgency == 0; }

bool Resolution::Implementation::is_guess(Exchanges::Id id) const {
  return !is_proof(id) && std::holds_alternative<ProbeQuestion>(state_.exchanges[id].question);
}

// --- pace
// --------------------------------------------------------------------------------------------------------------

// Ports are not tried on suspicion while a published answer may still come in.
bool Resolution::Implementation::may_start(Exchanges::Id id) const {
  if (!is_guess(id)) return true;
  if (settled_rank()) return false;
  if (state_.now >= state_.began + timing::head_start) return true;
  return std::none_of(state_.asks.begin(), state_.asks.end(), [this](const Ask& ask) {
    return !ask.verdict && !state_.sources[ask.source].stopped && !is_guess(ask.exchange);
  });
}

Instant Resolution::Implementation::deadline_of(Exchanges::Id id) const {
  const Question& question = state_.exchanges[id].question;
  Instant deadline = state_.now + timing::proof;
  if (std::holds_alternative<DnsQuestion>(question)) deadline = state_.now + timing::dns_question;
  if (std::holds_alternative<HttpQuestion>(question)) deadline = state_.now + timing::http_question;
  if (is_guess(id)) {
    deadline = std::min(state_.now + timing::guessed_port, guessing_until_.value_or(state_.now + timing::guessing));
  }
  return std::min(deadline, state_.began + state_.options.deadline);
}

void Resolution::Implementation::wake_at(Instant when) { wake_ = std::min(wake_, when); }

Instant Resolution::Implementation::next_wake() const {
  Instant wake = wake_;
  const auto consider = [&](Instant when) {
    if (when > state_.now) wake = std::min(wake, when);
  };
  for (const auto id : state_.exchanges.open()) {
    const auto& exchange = state_.exchanges[id];
    if (is_guess(id) && exchange.state == Exchange::State::waiting) {
      consider(state_.began + timing::head_start);
      if (guessing_until_) consider(*guessing_until_);
    }
    if (is_proof(id) && exchange.state == Exchange::State::out) {
      consider(exchange.started + grace(state_.exchanges.slowest()));
    }
  }
  return wake;
}

// --- endings
// -----------------------------------------------------------------------------------------------------------

void Resolution::Implementation::stop_below(std::size_t rank) {
  for (std::size_t below = rank + 1; below < state_.sources.size(); ++below) {
    if (is_running(state_.sources[below])) state_.sources[below].stopped = true;
  }
}

bool Resolution::Implementation::is_wanted(Exchanges::Id id) const {
  return is_proof(id) || std::any_of(state_.asks.begin(), state_.asks.end(), [&](const Ask& ask) {
           return ask.exchange == id && !ask.verdict && !state_.sources[ask.source].stopped;
         });
}

void Resolution::Implementation::drop_unwanted_exchanges() {
  for (const auto id : state_.exchanges.open()) {
    if (is_wanted(id)) continue;
    if (const auto number = state_.exchanges.drop(id)) cancel_.push_back(*number);
  }
}

// What still waits for its turn at guessing gets no turn.
void Resolution::Implementation::end_guessing() {
  for (const auto id : state_.exchanges.open()) {
    if (!is_guess(id)) continue;
    const Failure failure{FailureKind::timed_out, "the time for trying ports was over"};
    if (const auto number = state_.exchanges.end(id, failure, state_.now)) cancel_.push_back(*number);
    for (std::size_t index = 0; index < state_.asks.size(); ++index) {
      if (state_.asks[index].exchange == id && !state_.asks[index].verdict) deliveries_.push_back(index);
    }
  }
}

void Resolution::Implementation::finish(State::End end) {
  if (state_.end != State::End::running) return;
  state_.end = end;
  for (const auto id : state_.exchanges.open()) {
    if (const auto number = state_.exchanges.drop(id)) cancel_.push_back(*number);
  }
  report = build_report(state_);
}

// --- the public face
// ---------------------------------------------------------------------------------------------------

Resolution::Resolution(const Subject& subject, std::vector<CatalogEntry> catalog, const ResolutionOptions& options,
                       Observer observer)
    : implementation_(std::make_unique<Implementation>(subject, std::move(catalog), options, std::move(observer))) {}
Resolution::~Resolution() = default;

Orders Resolution::begin(Instant now) { return implementation_->begin(now); }
Orders Resolution::on_answer(std::uint32_t number, const Answer& answer, Instant now) {
  return implementation_->on_answer(number, answer, now);
}
Orders Resolution::on_time(Instant now) { return implementation_->on_time(now); }
Orders Resolution::abort(Instant now) { return implementation_->abort(now); }
const Report& Resolution::report() const { return implementation_->report; }

}  // namespace mailconf
