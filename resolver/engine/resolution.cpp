#include "engine/resolution.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "engine/follow_ups.h"
#include "engine/inquiry.h"
#include "engine/pace.h"
#include "engine/proof.h"
#include "engine/report_builder.h"
#include "engine/state.h"
#include "engine/timing.h"

namespace mailconf {

class Resolution::Implementation {
 public:
  Implementation(const Subject& subject, std::vector<CatalogEntry> catalog, const ResolutionOptions& options,
                 Observer observer)
      : state_(subject, options), observer_(std::move(observer)) {
    for (auto& entry : catalog) state_.sources.push_back({std::move(entry), nullptr, 0, std::nullopt, false, {}});
  }

  Orders begin(Instant now);
  Orders on_answer(std::uint32_t number, const Answer& answer, Instant now);
  Orders on_time(Instant now);
  Orders abort(Instant now);

  Report report;

 private:
  Orders advance();
  void send_out(Orders& orders);
  void settle();
  void settle_proven(const Chosen& chosen);
  void note_milestones(const Chosen& chosen);
  void prove(const std::vector<FoundServer>& servers);
  [[nodiscard]] bool is_proven(const Chosen& chosen) const;
  [[nodiscard]] bool proofs_pending(const Chosen& chosen) const;

  void stop_below(std::size_t rank);
  [[nodiscard]] bool is_wanted(Exchanges::Id id) const;
  void drop_unwanted_exchanges();
  bool end_guessing();
  void finish(State::End end);

  State state_;
  Observer observer_;
  Inquiry inquiry_{state_, observer_};
  std::vector<std::uint32_t> cancel_;
  Instant wake_{};
};

// --- what comes in ---

Orders Resolution::Implementation::begin(Instant now) {
  state_.began = state_.now = now;
  return advance();
}

Orders Resolution::Implementation::on_answer(std::uint32_t number, const Answer& answer, Instant now) {
  state_.now = now;
  if (const auto exchange = state_.exchanges.on_answer(number, answer, now)) inquiry_.notice(*exchange);
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
  const Instant end = state_.began + state_.options.deadline;
  wake_ = end;
  if (state_.now >= end) finish(State::End::out_of_time);
  if (state_.end == State::End::running) {
    do {
      inquiry_.advance();
    } while (end_guessing());
    settle();
  }
  Orders orders;
  if (state_.end == State::End::running) send_out(orders);
  orders.cancel = std::exchange(cancel_, {});
  orders.finished = state_.end != State::End::running;
  return orders;
}

void Resolution::Implementation::send_out(Orders& orders) {
  drop_unwanted_exchanges();
  orders.start = state_.exchanges.start(
      state_.now, [this](Exchanges::Id id) { return may_start(state_, id); },
      [this](Exchanges::Id id) { return deadline_of(state_, id); });
  const bool guesses = std::any_of(orders.start.begin(), orders.start.end(), [this](const Orders::Start& start) {
    const auto id = state_.exchanges.find(start.question);
    return id && is_guess(state_, *id);
  });
  if (guesses && !state_.guessing_until) state_.guessing_until = state_.now + timing::guessing;
  orders.wake = next_wake(state_, wake_);
}

// --- choice ---

void Resolution::Implementation::settle() {
  const Chosen chosen = choose(state_);
  note_milestones(chosen);
  if (state_.options.probe) {
    for (const auto* finding : {chosen.incoming, chosen.outgoing}) {
      if (!finding) continue;
      prove(finding->incoming);
      prove(finding->outgoing);
    }
  }
  if (is_proven(chosen)) return settle_proven(chosen);
  const bool anything_running = std::any_of(state_.sources.begin(), state_.sources.end(), is_running);
  if (!anything_running && !proofs_pending(chosen)) finish(State::End::settled);
}

// Whole and proven: only better-ranked sources and what follows from the settings can change anything now, and they
// have a grace. Whoever wants no proof and has an answer without asking anybody does not wait at all.
void Resolution::Implementation::settle_proven(const Chosen& chosen) {
  const std::size_t rank = std::max(chosen.incoming->rank, chosen.outgoing->rank);
  stop_below(rank);
  const bool asked_nobody = chosen.incoming->evidence.empty() && chosen.outgoing->evidence.empty();
  const bool better_running =
      std::any_of(state_.sources.begin(), state_.sources.begin() + static_cast<std::ptrdiff_t>(rank), is_running);
  Instant patience = state_.now;
  if (proofs_pending(chosen) && state_.proved) patience = state_.began + *state_.proved + timing::linger;
  const bool followed_up = is_followed_up(state_, *chosen.incoming) || is_followed_up(state_, *chosen.outgoing);
  if ((better_running || followed_up) && (state_.options.probe || !asked_nobody)) {
    const Instant found = std::max(chosen.incoming->found_at, chosen.outgoing->found_at);
    patience = std::max(patience, found + grace(state_.exchanges.slowest()));
  }
  if (state_.now >= patience) return finish(State::End::settled);
  wake_ = std::min(wake_, patience);
}

void Resolution::Implementation::note_milestones(const Chosen& chosen) {
  if (!chosen.whole()) return;
  if (!state_.provisional && settled_rank(state_)) {
    state_.provisional = state_.now - state_.began;
    if (observer_.provisional) observer_.provisional(build_report(state_));
  }
  if (state_.options.probe && !state_.proved && is_proven(chosen)) state_.proved = state_.now - state_.began;
}

bool Resolution::Implementation::is_proven(const Chosen& chosen) const {
  return chosen.whole() && standing_of(state_, chosen.incoming->incoming) == Standing::proven &&
         standing_of(state_, chosen.outgoing->outgoing) == Standing::proven;
}

bool Resolution::Implementation::proofs_pending(const Chosen& chosen) const {
  const auto pending = [this](const FoundServer& found) {
    return proof_question(found.server) && !proof_of(state_, found.server);
  };
  const auto any_pending = [&](const std::vector<FoundServer>& servers) {
    return std::any_of(servers.begin(), servers.end(), pending);
  };
  return state_.options.probe && ((chosen.incoming && any_pending(chosen.incoming->incoming)) ||
                                  (chosen.outgoing && any_pending(chosen.outgoing->outgoing)));
}

void Resolution::Implementation::prove(const std::vector<FoundServer>& servers) {
  for (const auto& found : servers) {
    if (const auto question = proof_question(found.server)) state_.exchanges.ask(*question, 0);
  }
}

// --- endings ---

void Resolution::Implementation::stop_below(std::size_t rank) {
  for (std::size_t below = rank + 1; below < state_.sources.size(); ++below) {
    if (is_running(state_.sources[below])) state_.sources[below].stopped = true;
  }
}

bool Resolution::Implementation::is_wanted(Exchanges::Id id) const {
  return is_proof(state_, id) || std::any_of(state_.asks.begin(), state_.asks.end(), [&](const Ask& ask) {
           return ask.exchange == id && !ask.verdict && (ask.beside() || !state_.sources[ask.source].stopped);
         });
}

void Resolution::Implementation::drop_unwanted_exchanges() {
  for (const auto id : state_.exchanges.open()) {
    if (is_wanted(id)) continue;
    if (const auto number = state_.exchanges.drop(id)) cancel_.push_back(*number);
  }
}

// When the time for guessing is over, no port is waited for and none gets its turn. True when that changed something.
bool Resolution::Implementation::end_guessing() {
  if (!state_.guessing_until || state_.now < *state_.guessing_until) return false;
  bool changed = false;
  for (const auto id : state_.exchanges.open()) {
    if (!is_guess(state_, id)) continue;
    const Failure failure{FailureKind::timed_out, "the time for trying ports was over"};
    if (const auto number = state_.exchanges.end(id, failure, state_.now)) cancel_.push_back(*number);
    inquiry_.notice(id);
    changed = true;
  }
  return changed;
}

void Resolution::Implementation::finish(State::End end) {
  if (state_.end != State::End::running) return;
  state_.end = end;
  for (const auto id : state_.exchanges.open()) {
    if (const auto number = state_.exchanges.drop(id)) cancel_.push_back(*number);
  }
  report = build_report(state_);
}

// --- the public face ---

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
