// Every scenario file of this folder is a case of its own, named after the file.
#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "scenarios/runner.h"

namespace {

namespace unit = boost::unit_test;
using namespace mailconf::simulated;

void play(const std::string& path) {
  const auto scenario = read_scenario(path);
  const auto result = run(scenario);
  const auto wrong = complaints(scenario, result);
  for (const auto& complaint : wrong) BOOST_ERROR(complaint);
  if (!wrong.empty()) BOOST_TEST_MESSAGE(scenario.title << "\n" << summary(result));
  BOOST_TEST(wrong.empty());
}

// Test cases that are found when the program starts.
struct Registration {
  Registration() {
    auto* suite = BOOST_TEST_SUITE("scenarios");
    for (const auto& path : scenario_files(TEST_DATA "/scenarios")) {
      const auto name = std::filesystem::path(path).filename().string();
      suite->add(unit::make_test_case([path] { play(path); }, name, path, 1));
    }
    unit::framework::master_test_suite().add(suite);
  }
};
const Registration registration;

}  // namespace
