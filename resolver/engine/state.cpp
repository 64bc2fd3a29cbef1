#include "engine/state.h"

#include <algorithm>

#include "engine/proof.h"

namespace mailconf {
namespace {

// A proof that has been under way for longer than the grace holds up neither the next server of the list nor the next
// finding.
bool keeps_waiting(const State& state, const Server& server) {
  const auto question = proof_question(server);
  const auto id = question ? state.exchanges.find(*question) : std::nullopt;
  if (!id) return true;
  const auto& exchange = state.exchanges[*id];
  return exchange.state == Exchange::State::waiting || state.now < exchange.started + grace(state.exchanges.slowest());
}

}  // namespace

std::optional<Proof> proof_of(const State& state, const Server& server) {
  const auto question = proof_question(server);
  if (!question) return Proof{};
  const auto id = state.exchanges.find(*question);
  if (!id || !state.exchanges[*id].answer) return std::nullopt;
  const auto& exchange = state.exchanges[*id];
  return prove(server, *exchange.answer, exchange.answered_at - exchange.started);
}

Standing standing_of(const State& state, const std::vector<FoundServer>& servers) {
  Standing standing = Standing::missing;
  bool passed_over = false;
  for (const auto& found : servers) {
    if (!is_tcp(found.server.type)) continue;
    if (!state.options.probe) return Standing::proven;
    const auto proof = proof_of(state, found.server);
    if (!proof) {
      if (keeps_waiting(state, found.server)) return Standing::pending;
      passed_over = true;
    } else if (proof->outcome == ProofOutcome::proven) {
      return Standing::proven;
    } else {
      const bool silent = proof->outcome == ProofOutcome::unreachable || proof->outcome == ProofOutcome::not_tried;
      standing = std::max(standing, silent ? Standing::unreachable : Standing::refuted);
    }
  }
  return passed_over ? Standing::unreachable : standing;
}

Candidate candidate_of(const State& state, const Finding& finding) {
  return {finding.rank, finding.trust, standing_of(state, finding.incoming), standing_of(state, finding.outgoing)};
}

Chosen choose(const State& state) {
  std::vector<Candidate> candidates;
  std::vector<const Finding*> findings;
  for (const auto& [rank, finding] : state.findings) {
    candidates.push_back(candidate_of(state, finding));
    findings.push_back(&finding);
  }
  const Choice choice = choose(candidates);
  return {choice.incoming ? findings[*choice.incoming] : nullptr,
          choice.outgoing ? findings[*choice.outgoing] : nullptr};
}

SourceRow row_of(const State& state, const Ask& ask) {
  const auto& exchange = state.exchanges[ask.exchange];
  SourceRow row;
  row.source = state.sources[ask.source].entry.id;
  row.target = target(exchange.question);
  if (ask.because) row.because = target(state.exchanges[state.asks[*ask.because].exchange].question);
  if (ask.verdict) {
    row.outcome = ask.verdict->outcome;
    row.reason = ask.verdict->reason;
  }
  if (exchange.was_sent()) {
    row.started = exchange.started - state.began;
    row.elapsed = (exchange.answer ? exchange.answered_at : state.now) - exchange.started;
  }
  for (const auto& hop : exchange.redirects) row.redirects.push_back(hop.text_without_query());
  return row;
}

std::optional<std::size_t> settled_rank(const State& state) {
  for (const auto& [rank, finding] : state.findings) {
    const auto candidate = candidate_of(state, finding);
    if (candidate.incoming >= Standing::pending && candidate.outgoing >= Standing::pending) return rank;
  }
  return std::nullopt;
}

bool is_running(const SourceState& source) { return source.outstanding > 0 && !source.stopped; }

}  // namespace mailconf
