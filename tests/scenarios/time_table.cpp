// Prints what the scenarios of time and cost promise and what they took, in milliseconds of virtual time.
#include <cstdio>
#include <fmt/format.h>

#include "scenarios/runner.h"

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

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? argv[1] : TEST_DATA "/scenarios";
  fmt::print("{:<64} {:>14} {:>14} {:>14} {:>8}\n", "scenario (ms of virtual time)", "provisional", "proved", "end",
             "sockets");
  bool kept = true;
  for (const auto& path : scenario_files(folder)) {
    const auto scenario = read_scenario(path);
    if (!scenario.file.starts_with("T")) continue;
    const auto result = run(scenario);
    const auto& expect = scenario.expect;
    fmt::print("{:<64} {:>14} {:>14} {:>14} {:>8}\n", scenario.title,
               cell(expect.provisional_within, result.report.provisional),
               cell(expect.proved_within, result.report.proved), cell(expect.ends_within, result.ended),
               fmt::format("{} ({})", result.sockets.total, result.sockets.to_one_address));
    for (const auto& complaint : complaints(scenario, result)) {
      kept = false;
      fmt::print("    {}\n", complaint);
    }
  }
  return kept ? 0 : 1;
}
