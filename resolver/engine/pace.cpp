#include "engine/pace.h"

#include <algorithm>

#include "engine/timing.h"

namespace mailconf {
namespace {

bool is_dns(const State& state, Exchanges::Id id) {
  return std::holds_alternative<DnsQuestion>(state.exchanges[id].question);
}

bool documents_on_their_way(const State& state) {
  const auto open = state.exchanges.open();
  return std::any_of(open.begin(), open.end(), [&](Exchanges::Id id) {
    const auto& exchange = state.exchanges[id];
    return exchange.urgency < Exchanges::following && std::holds_alternative<HttpQuestion>(exchange.question);
  });
}

}  // namespace

bool is_proof(const State& state, Exchanges::Id id) { return state.exchanges[id].urgency == 0; }

bool is_guess(const State& state, Exchanges::Id id) {
  return !is_proof(state, id) && std::holds_alternative<ProbeQuestion>(state.exchanges[id].question);
}

bool is_beside(const State& state, Exchanges::Id id) { return state.exchanges[id].urgency == Exchanges::beside; }

bool may_start(const State& state, Exchanges::Id id) {
  if (is_beside(state, id)) return is_dns(state, id) || !documents_on_their_way(state);
  if (!is_guess(state, id)) return true;
  if (settled_rank(state)) return false;
  if (state.now >= state.began + timing::head_start) return true;
  return std::none_of(state.asks.begin(), state.asks.end(), [&](const Ask& ask) {
    return !ask.verdict && !ask.beside() && !state.sources[ask.source].stopped && !is_guess(state, ask.exchange);
  });
}

Instant deadline_of(const State& state, Exchanges::Id id) {
  const Question& question = state.exchanges[id].question;
  Instant deadline = state.now + timing::proof;
  if (std::holds_alternative<DnsQuestion>(question)) deadline = state.now + timing::dns_question;
  if (std::holds_alternative<HttpQuestion>(question)) deadline = state.now + timing::http_question;
  if (is_guess(state, id)) {
    deadline = std::min(state.now + timing::guessed_port, state.guessing_until.value_or(state.now + timing::guessing));
  }
  return std::min(deadline, state.began + state.options.deadline);
}

Instant next_wake(const State& state, Instant limit) {
  Instant wake = limit;
  const auto consider = [&](Instant when) {
    if (when > state.now) wake = std::min(wake, when);
  };
  for (const auto id : state.exchanges.open()) {
    const auto& exchange = state.exchanges[id];
    if (is_guess(state, id) && exchange.state == Exchange::State::waiting) {
      consider(state.began + timing::head_start);
      if (state.guessing_until) consider(*state.guessing_until);
    }
    if (is_proof(state, id) && exchange.state == Exchange::State::out) {
      consider(exchange.started + grace(state.exchanges.slowest()));
    }
  }
  return wake;
}

}  // namespace mailconf
