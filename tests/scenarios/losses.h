// What lost packets cost: the same world again and again, losing others each time.
#pragma once

#include "scenarios/runner.h"

namespace mailconf::simulated {

inline constexpr std::uint64_t loss_seeds = 200;

struct Losses {
  struct Times {
    Duration fewest{};  // where nothing is lost: the fewest round trips
    Duration median{};
    Duration worst{};
  };
  // What never came counts as coming with the deadline.
  Times provisional;
  Times proved;
  std::size_t without_settings = 0;     // runs
  std::vector<std::string> complaints;  // about promises that hold for every run, and about what is expected of all
};

// 200 runs of a scenario that loses packets.
Losses run_with_losses(Scenario scenario);

}  // namespace mailconf::simulated
