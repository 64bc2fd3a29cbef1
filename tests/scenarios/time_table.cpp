// Prints what the scenarios of time and cost promise and what they took, in milliseconds of virtual time.
#include <cstdio>
#include <fmt/format.h>

#include "scenarios/losses.h"

namespace {

using namespace mailconf;
using namespace mailconf::simulated;

std::string milliseconds_of(const std::optional<Duration>& duration) {
  if (!duration) return "-";
  return fmt::format("{}", std::chrono::duration_cast<std::chrono::milliseconds>(*duration).count());
}

// "limit/taken", or what was taken alone.
std::string cell(const std::optional<Duration>& limit, const std::optional<Duration>& taken) {
  return limit ? fmt::format("{} <= {}", milliseconds_of(taken), milliseconds_of(limit)) : milliseconds_of(taken);
}

std::string spread(const Losses::Times& times) {
  return fmt::format("{} / {} / {}", milliseconds_of(times.fewest), milliseconds_of(times.median),
                     milliseconds_of(times.worst));
}

// False when something was not as promised.
bool told(const std::vector<std::string>& complaints) {
  for (const auto& complaint : complaints) fmt::print("    {}\n", complaint);
  return complaints.empty();
}

bool print_losses(Scenario scenario) {
  const auto losses = run_with_losses(std::move(scenario));
  fmt::print("    {:<60} {:>18} {:>18} {:>5} failed\n",
             fmt::format("{} runs: nothing lost / median / worst", loss_seeds), spread(losses.provisional),
             spread(losses.proved), losses.without_settings);
  return told(losses.complaints);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? argv[1] : TEST_DATA "/scenarios";
  fmt::print("{:<64} {:>14} {:>14} {:>14} {:>8}\n", "scenario (ms of virtual time)", "provisional", "proved", "end",
             "sockets");
  bool kept = true;
  for (const auto& path : scenario_files(folder)) {
    auto scenario = read_scenario(path);
    if (!scenario.file.starts_with("T")) continue;
    const auto result = run(scenario);
    const auto& expect = scenario.expect;
    fmt::print("{:<64} {:>14} {:>14} {:>14} {:>8}\n", scenario.title,
               cell(expect.provisional_within, result.report.provisional),
               cell(expect.proved_within, result.report.proved), cell(expect.ends_within, result.ended),
               fmt::format("{} ({})", result.sockets.total, result.sockets.to_one_address));
    kept = told(complaints(scenario, result)) && kept;
    if (scenario.world.loss_percent > 0) kept = print_losses(std::move(scenario)) && kept;
  }
  return kept ? 0 : 1;
}
