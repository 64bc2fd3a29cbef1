#include "engine/exchanges.h"

#include <algorithm>

#include "engine/redirects.h"
#include "protocol/limits.h"

namespace mailconf {
namespace {

bool is_connection(const Question& question) { return !std::holds_alternative<DnsQuestion>(question); }

// The question that goes on the wire next: the asked one, or the last redirect's.
Question current_hop(const Exchange& exchange) {
  if (exchange.redirects.empty()) return exchange.question;
  HttpQuestion hop = std::get<HttpQuestion>(exchange.question);
  hop.url = exchange.redirects.back();
  return hop;
}

// A guess has less time than a proof: on a long way that loses packets too little.
bool deserves_more_time(const Exchange& exchange, const Answer& answer) {
  const auto* failure = std::get_if<Failure>(&answer);
  const bool out_of_time = failure && failure->kind == FailureKind::timed_out;
  const bool is_port = std::holds_alternative<ProbeQuestion>(exchange.question);
  return out_of_time && is_port && exchange.was_sent() && exchange.urgency == 0 && exchange.sent_as != 0;
}

// A failure that only another host can have caused proves that the network carries something.
bool is_word_from_outside(const Answer& answer) {
  const auto* failure = std::get_if<Failure>(&answer);
  if (!failure) return true;
  switch (failure->kind) {
    case FailureKind::dns_failure:
    case FailureKind::dns_timeout:
    case FailureKind::unreachable:
    case FailureKind::timed_out:
    case FailureKind::offline:
    case FailureKind::address_not_public:
    case FailureKind::proxy_failed:
    case FailureKind::not_asked:
      return false;
    default:
      return true;
  }
}

}  // namespace

Exchanges::Id Exchanges::ask(const Question& question, std::size_t urgency) {
  const auto [place, is_new] = by_question_.try_emplace(question, exchanges_.size());
  if (is_new) {
    exchanges_.emplace_back();
    exchanges_.back().question = question;
    exchanges_.back().urgency = urgency;
  }
  auto& exchange = exchanges_[place->second];
  exchange.urgency = std::min(exchange.urgency, urgency);
  if (exchange.state == Exchange::State::dropped) {
    exchange.state = Exchange::State::waiting;
    exchange.redirects.clear();
  } else if (exchange.answer && deserves_more_time(exchange, *exchange.answer)) {
    exchange.state = Exchange::State::waiting;
    exchange.answer.reset();
  }
  return place->second;
}

std::optional<Exchanges::Id> Exchanges::find(const Question& question) const {
  const auto place = by_question_.find(question);
  if (place == by_question_.end()) return std::nullopt;
  return place->second;
}

std::size_t Exchanges::connections_out() const {
  return static_cast<std::size_t>(std::count_if(exchanges_.begin(), exchanges_.end(), [](const Exchange& exchange) {
    return exchange.state == Exchange::State::out && is_connection(exchange.question);
  }));
}

std::vector<Orders::Start> Exchanges::start(Instant now, const std::function<bool(Id)>& may_start,
                                            const std::function<Instant(Id)>& deadline) {
  std::vector<Id> waiting;
  for (Id id = 0; id < exchanges_.size(); ++id) {
    if (exchanges_[id].state == Exchange::State::waiting && may_start(id)) waiting.push_back(id);
  }
  std::stable_sort(waiting.begin(), waiting.end(),
                   [this](Id a, Id b) { return exchanges_[a].urgency < exchanges_[b].urgency; });
  std::size_t room = limits::sockets_per_resolution - std::min(limits::sockets_per_resolution, connections_out());
  std::vector<Orders::Start> starts;
  for (const Id id : waiting) {
    auto& exchange = exchanges_[id];
    const bool connects = is_connection(exchange.question);
    if (connects && room == 0) continue;
    if (connects) --room;
    if (exchange.redirects.empty()) {
      exchange.started = now;
      exchange.deadline = deadline(id);
    }
    exchange.state = Exchange::State::out;
    exchange.sent_as = exchange.urgency;
    exchange.number = next_number_++;
    by_number_[exchange.number] = id;
    starts.push_back({exchange.number, current_hop(exchange), exchange.deadline});
  }
  return starts;
}

std::optional<Exchanges::Id> Exchanges::on_answer(std::uint32_t number, const Answer& answer, Instant now) {
  const auto place = by_number_.find(number);
  if (place == by_number_.end()) return std::nullopt;
  const Id id = place->second;
  by_number_.erase(place);
  auto& exchange = exchanges_[id];
  const auto* asked = std::get_if<HttpQuestion>(&exchange.question);
  const auto* http = std::get_if<HttpAnswer>(&answer);
  if (asked && http && asked->follow_redirects && is_redirect(*http)) {
    heard_anything_ = true;
    auto next = follow(*asked, exchange.redirects, *http);
    if (auto* url = std::get_if<Url>(&next)) {
      exchange.redirects.push_back(std::move(*url));
      exchange.state = Exchange::State::waiting;
      return std::nullopt;
    }
    settle(exchange, std::get<Failure>(next), now);
    return id;
  }
  if (deserves_more_time(exchange, answer)) {
    exchange.state = Exchange::State::waiting;
    return std::nullopt;
  }
  settle(exchange, answer, now);
  return id;
}

// Takes the exchange off the wire, if it is there.
std::optional<std::uint32_t> Exchanges::recall(Exchange& exchange) {
  if (exchange.state != Exchange::State::out) return std::nullopt;
  by_number_.erase(exchange.number);
  return exchange.number;
}

std::optional<std::uint32_t> Exchanges::end(Id id, const Answer& answer, Instant now) {
  auto& exchange = exchanges_[id];
  const auto recalled = recall(exchange);
  if (!recalled && exchange.redirects.empty()) exchange.started = now;
  exchange.state = Exchange::State::answered;
  exchange.answer = answer;
  exchange.answered_at = now;
  return recalled;
}

std::optional<std::uint32_t> Exchanges::drop(Id id) {
  const auto recalled = recall(exchanges_[id]);
  exchanges_[id].state = Exchange::State::dropped;
  return recalled;
}

void Exchanges::settle(Exchange& exchange, const Answer& answer, Instant now) {
  exchange.state = Exchange::State::answered;
  exchange.answer = answer;
  exchange.answered_at = now;
  if (!is_word_from_outside(answer)) return;
  heard_anything_ = true;
  if (is_connection(exchange.question) && exchange.urgency < following)
    slowest_ = std::max(slowest_, now - exchange.started);
}

std::vector<Exchanges::Id> Exchanges::open() const {
  std::vector<Id> ids;
  for (Id id = 0; id < exchanges_.size(); ++id) {
    const auto state = exchanges_[id].state;
    if (state == Exchange::State::waiting || state == Exchange::State::out) ids.push_back(id);
  }
  return ids;
}

}  // namespace mailconf
