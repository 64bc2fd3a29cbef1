// Plays scenario files and prints what came of them: for those who write one.
#include <cstdio>
#include <exception>
#include <fmt/format.h>

#include "scenarios/runner.h"

int main(int argc, char** argv) {
  using namespace mailconf::simulated;
  bool good = true;
  for (int index = 1; index < argc; ++index) {
    try {
      const auto scenario = read_scenario(argv[index]);
      const auto result = run(scenario);
      fmt::print("{}: {}\n{}", scenario.file, scenario.title, summary(result));
      for (const auto& complaint : complaints(scenario, result)) {
        good = false;
        fmt::print("  WRONG {}\n", complaint);
      }
    } catch (const std::exception& error) {
      good = false;
      fmt::print("{}: {}\n", argv[index], error.what());
    }
  }
  return good ? 0 : 1;
}
