#include "support/simulated_network.h"

#include <fmt/core.h>
#include <utility>

#include "model/text.h"

namespace mailconf::simulated {
namespace {

// No scenario lasts longer: whoever waits beyond it waits for nothing.
constexpr Duration end_of_time = std::chrono::hours(1);

class InterferedExchange final : public Exchange {
 public:
  InterferedExchange(Internet& internet, std::uint32_t owner, Done done, std::optional<Answer> answer)
      : Exchange(internet, owner, std::move(done)), answer_(std::move(answer)) {
    phase_ = "waiting for an answer";
  }

  void begin() override {
    if (answer_) later(internet_.world.round_trip, [this] { finish(*answer_); });
  }

 private:
  std::optional<Answer> answer_;
};

// Postmaster is nobody's address.
bool holds_address(const HttpQuestion& question) {
  const auto query = to_lower(question.url.query);
  const auto at = question.body.find('@');
  const bool in_body = at != std::string::npos && !question.body.substr(0, at).ends_with(">postmaster");
  return in_body || query.find('@') != std::string::npos || query.find("%40") != std::string::npos;
}

}  // namespace

void SimulatedNetwork::shuffle(std::uint64_t seed, Duration limit) {
  internet_.jitter_seed = seed;
  internet_.jitter_limit = limit;
}

void SimulatedNetwork::at(Instant when, std::function<void()> event) {
  arranged_.push_back(std::make_shared<int>(0));
  internet_.events.at(when, arranged_.back(), std::move(event));
}

void SimulatedNetwork::record(const Question& question) {
  Asked asked{now(), target(question), true, false, true};
  if (const auto* document = std::get_if<HttpQuestion>(&question)) {
    asked.encrypted = document->url.https;
    asked.holds_address = holds_address(*document);
  }
  internet_.asked.push_back(std::move(asked));
}

void SimulatedNetwork::complete(Ticket ticket, Answer answer) {
  if (exchanges_.erase(ticket) > 0) completed_.push_back({ticket, std::move(answer)});
}

std::shared_ptr<Exchange> SimulatedNetwork::exchange_for(Ticket ticket, const Question& question) {
  const auto done = [this, ticket](Answer answer) { complete(ticket, std::move(answer)); };
  const auto interference = interference_.find(started_++);
  if (interference != interference_.end())
    return std::make_shared<InterferedExchange>(internet_, ticket.owner, done, interference->second);
  return make_exchange(internet_, ticket.owner, question, done);
}

void SimulatedNetwork::start(Ticket ticket, const Question& question, Instant deadline) {
  record(question);
  const auto exchange = exchange_for(ticket, question);
  if (!exchanges_.emplace(ticket, exchange).second)
    throw std::logic_error(fmt::format("ticket {}.{} is started twice", ticket.owner, ticket.number));
  internet_.events.at(now(), exchange, [raw = exchange.get()] { raw->begin(); });
  internet_.events.at(deadline, exchange, [this, ticket, raw = exchange.get()] { complete(ticket, raw->expire()); });
}

void SimulatedNetwork::cancel(Ticket ticket) {
  exchanges_.erase(ticket);
  std::erase_if(completed_, [&](const Completion& each) { return each.ticket == ticket; });
}

std::vector<Completion> SimulatedNetwork::wait_until(Instant until) {
  auto& events = internet_.events;
  while (completed_.empty() && !std::exchange(woken_, false)) {
    const auto next = events.next();
    if (!next || *next > until) {
      if (!next && until - now() > end_of_time) throw std::logic_error("waiting, and nothing is outstanding");
      events.advance(until);
      break;
    }
    events.run_next();
  }
  return std::exchange(completed_, {});
}

}  // namespace mailconf::simulated
