// Virtual time: what happens when, in a fixed order.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "network/network.h"

namespace mailconf::simulated {

class EventQueue {
 public:
  [[nodiscard]] Instant now() const { return now_; }

  // Runs `event` at `when`, unless `guard` has gone by then. Events of one instant run in the order of planning.
  void at(Instant when, std::weak_ptr<void> guard, std::function<void()> event) {
    events_.emplace(std::pair(std::max(when, now_), sequence_++), Planned{std::move(guard), std::move(event)});
  }

  // When the next event is due that still means something.
  [[nodiscard]] std::optional<Instant> next() {
    while (!events_.empty() && events_.begin()->second.guard.expired()) events_.erase(events_.begin());
    if (events_.empty()) return std::nullopt;
    return events_.begin()->first.first;
  }

  // Runs the next event. There must be one.
  void run_next() {
    auto planned = events_.extract(events_.begin());
    now_ = planned.key().first;
    const auto alive = planned.mapped().guard.lock();
    if (alive) planned.mapped().event();
  }

  void advance(Instant to) { now_ = std::max(now_, to); }

 private:
  struct Planned {
    std::weak_ptr<void> guard;
    std::function<void()> event;
  };
  Instant now_{};
  std::uint64_t sequence_ = 0;
  std::map<std::pair<Instant, std::uint64_t>, Planned> events_;
};

}  // namespace mailconf::simulated
