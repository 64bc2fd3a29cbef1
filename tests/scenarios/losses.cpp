#include "scenarios/losses.h"

#include <algorithm>
#include <fmt/core.h>

namespace mailconf::simulated {
namespace {

Losses::Times times(std::vector<Duration> taken, Duration fewest) {
  std::ranges::sort(taken);
  return {fewest, taken[taken.size() / 2], taken.back()};
}

void expect_within(Losses& losses, std::string_view what, Duration taken, const std::optional<Duration>& limit) {
  using std::chrono::milliseconds;
  if (!limit || taken <= *limit) return;
  losses.complaints.push_back(
      fmt::format("{}: after {} ms, expected within {} ms", what, taken / milliseconds(1), *limit / milliseconds(1)));
}

}  // namespace

Losses run_with_losses(Scenario scenario) {
  const Duration deadline = scenario.options.deadline;
  std::vector<Duration> provisional;
  std::vector<Duration> proved;
  Losses losses;
  for (std::uint64_t seed = 1; seed <= loss_seeds; ++seed) {
    const auto result = run(scenario, {.loss_seed = seed});
    provisional.push_back(result.report.provisional.value_or(deadline));
    proved.push_back(result.report.proved.value_or(deadline));
    losses.without_settings += to_string(result.report.status) != scenario.expect.status ? 1 : 0;
    for (const auto& promise : broken_promises(scenario, result))
      losses.complaints.push_back(fmt::format("seed {}: {}", seed, promise));
  }
  scenario.world.loss_percent = 0;
  const auto undisturbed = run(scenario).report;
  losses.provisional = times(std::move(provisional), undisturbed.provisional.value_or(deadline));
  losses.proved = times(std::move(proved), undisturbed.proved.value_or(deadline));
  expect_within(losses, "median of proved", losses.proved.median, scenario.expect.median_proved_within);
  expect_within(losses, "worst of proved", losses.proved.worst, scenario.expect.worst_proved_within);
  return losses;
}

}  // namespace mailconf::simulated
