// Machines side by side on one network. Each asks, is answered and told the time by its own clock, which stands still
// while it waits for its turn.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <utility>

#include "driver/turns.h"
#include "engine/resolution.h"

namespace mailconf {

// A Machine has begin(now), on_answer(number, answer, now) and on_time(now), each of which gives Orders.
template <class Machine>
class Crowd {
 public:
  using Finished = std::function<void(Machine&)>;

  // `next_owner` numbers the machines and is left behind the last one.
  Crowd(TurnNetwork& network, std::uint32_t& next_owner, Finished finished)
      : network_(network), next_owner_(next_owner), finished_(std::move(finished)) {}

  [[nodiscard]] std::size_t size() const { return running_.size(); }

  void begin(Machine machine) {
    const std::uint32_t owner = next_owner_++;
    const auto place = running_.emplace(owner, Running{std::move(machine), {}}).first;
    carry_out(place, place->second.machine.begin(now_of(owner)));
  }

  // Until something has come, or a machine has to be told the time; at most until `limit`.
  void wait(Instant limit) {
    for (const auto& completion : network_.wait_until(next_wake(limit))) on_answer(completion);
    on_time();
  }

  // Of all that are still there, what `abort(machine, now)` orders; nobody is finished by it.
  template <class Abort>
  void abandon(const Abort& abort) {
    for (auto& [owner, running] : running_) {
      for (const auto number : abort(running.machine, now_of(owner)).cancel) network_.cancel({owner, number});
      network_.forget(owner);
    }
    running_.clear();
  }

 private:
  struct Running {
    Machine machine;
    Instant wake{};
  };
  using Place = typename std::map<std::uint32_t, Running>::iterator;

  void on_answer(const Completion& completion) {
    const auto& [owner, number] = completion.ticket;
    const auto place = running_.find(owner);
    if (place != running_.end())
      carry_out(place, place->second.machine.on_answer(number, completion.answer, now_of(owner)));
  }

  void on_time() {
    for (auto next = running_.begin(); next != running_.end();) {
      const auto place = next++;
      const Instant now = now_of(place->first);
      if (place->second.wake <= now) carry_out(place, place->second.machine.on_time(now));
    }
  }

  void carry_out(Place place, const Orders& orders) {
    const std::uint32_t owner = place->first;
    for (const auto number : orders.cancel) network_.cancel({owner, number});
    for (const auto& start : orders.start)
      network_.start({owner, start.number}, start.question, start.deadline + network_.waited(owner));
    place->second.wake = orders.wake;
    if (!orders.finished) return;
    auto finished = running_.extract(place);
    network_.forget(owner);
    finished_(finished.mapped().machine);
  }

  [[nodiscard]] Instant now_of(std::uint32_t owner) const { return network_.now() - network_.waited(owner); }

  [[nodiscard]] Instant next_wake(Instant limit) const {
    for (const auto& [owner, running] : running_) {
      if (!network_.is_waiting(owner) && running.wake < limit)
        limit = std::min(limit, running.wake + network_.waited(owner));
    }
    return limit;
  }

  TurnNetwork& network_;
  std::uint32_t& next_owner_;
  Finished finished_;
  std::map<std::uint32_t, Running> running_;
};

}  // namespace mailconf
