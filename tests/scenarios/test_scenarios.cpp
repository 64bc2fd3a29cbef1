// Every scenario file of this folder is a case of its own, named after the file.
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "scenarios/runner.h"
#include "sources/catalog.h"

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
    // The framework keeps a reference to the file's name, not a copy.
    static const auto paths = scenario_files(TEST_DATA "/scenarios");
    auto* suite = BOOST_TEST_SUITE("scenarios");
    for (const auto& path : paths) {
      const auto name = std::filesystem::path(path).filename().string();
      suite->add(unit::make_test_case([&path] { play(path); }, name, path, 1));
    }
    unit::framework::master_test_suite().add(suite);
  }
};
const Registration registration;

}  // namespace

BOOST_AUTO_TEST_CASE(the_example_of_the_manual_can_be_read) {
  std::ifstream manual(TEST_DATA "/scenarios/README.md");
  const std::string text{std::istreambuf_iterator<char>(manual), {}};
  const std::string opening = "```toml\n";
  const auto begin = text.find(opening);
  BOOST_REQUIRE(begin != std::string::npos);
  const auto end = text.find("```", begin + opening.size());
  const auto scenario = scenario_from(text.substr(begin + opening.size(), end - begin - opening.size()), "README.md");
  BOOST_TEST(scenario.world.hosts.size() == 2U);
  BOOST_TEST(scenario.expect.rows.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_run_that_breaks_its_promises_is_complained_about) {
  const auto scenario =
      scenario_from("title = \"t\"\naddress = \"alice@example.org\"\n[zone.\"example.org\"]\n", "text");
  auto result = run(scenario);
  BOOST_TEST(broken_promises(scenario, result).empty());
  result.open_sockets = 1;
  result.outstanding = 1;
  result.sockets = {17, 5};
  result.mail_commands.push_back("a1 LOGIN alice secret");
  result.asked.push_back({{}, "http://example.org/", false, false, true});
  result.report.sources.clear();
  BOOST_TEST(broken_promises(scenario, result).size() == 6U + mailconf::standard_catalog().size());
}
