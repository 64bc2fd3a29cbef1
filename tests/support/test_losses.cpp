// Packets that the simulated network loses, and when they are repeated.
#include <boost/test/unit_test.hpp>
#include <set>

#include "support/simulated_network.h"
#include "support/world_reader.h"

using namespace mailconf;
using namespace mailconf::simulated;
using std::chrono::milliseconds;

namespace {

// A round trip takes 50 ms and nobody thinks.
std::string world(int percent) {
  return "[network]\nthink-ms = 0\nloss-percent = " + std::to_string(percent) + R"(
[zone."example.org"]
"@ MX" = "10 mail.example.org"
[host.closed]
addresses = ["203.0.113.9"]
[host.web]
addresses = ["203.0.113.10"]
certificate = { names = ["203.0.113.10"] }
default-status = 404
)";
}

const Question name = DnsQuestion{RecordType::mx, "example.org"};
const Question closed_port = ProbeQuestion{ServerType::imap, "203.0.113.9", 993, SocketType::ssl};
const Question document = HttpQuestion{*Url::parse("https://203.0.113.10/")};

constexpr std::uint64_t seeds = 300;

// Milliseconds until the answer, for each seed.
std::vector<long> times(const Question& question, int percent) {
  std::vector<long> all;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    SimulatedNetwork network(world_from(world(percent)));
    network.lose(seed);
    network.start({1, 1}, question, std::chrono::hours(1));
    BOOST_REQUIRE_EQUAL(network.wait_until(std::chrono::hours(1)).size(), 1U);
    all.push_back(static_cast<long>(network.now() / milliseconds(1)));
  }
  return all;
}

std::set<long> different(const std::vector<long>& times) { return {times.begin(), times.end()}; }

}  // namespace

BOOST_AUTO_TEST_SUITE(losses)

BOOST_AUTO_TEST_CASE(a_name_is_asked_for_again_as_the_resolver_does_and_given_up_after_four_times) {
  const std::vector<long> expected{50, 450, 1250, 2850, 4000};
  const auto seen = different(times(name, 30));
  BOOST_TEST(std::vector<long>(seen.begin(), seen.end()) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_connection_is_tried_again_after_a_second_and_after_twice_that) {
  const std::vector<long> expected{50, 1050, 3050, 7050};
  const auto seen = different(times(closed_port, 20));
  const std::vector<long> first(seen.begin(), std::next(seen.begin(), 4));
  BOOST_TEST(first == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_lost_on_a_connection_is_repeated_after_a_round_trip_and_a_moment) {
  const auto seen = different(times(document, 5));
  for (const long time : {150, 150 + 250, 150 + 250 + 250, 150 + 1000}) BOOST_TEST(seen.contains(time), time);
}

BOOST_AUTO_TEST_CASE(about_as_many_packets_are_lost_as_the_world_says) {
  const auto all = times(closed_port, 5);
  const auto undisturbed = std::count(all.begin(), all.end(), 50);  // two packets of 95 % each: nine tenths
  BOOST_TEST(undisturbed > 250);
  BOOST_TEST(undisturbed < 290);
}

BOOST_AUTO_TEST_CASE(without_losses_the_seed_does_not_matter) {
  BOOST_TEST((different(times(document, 0)) == std::set<long>{150}));
}

BOOST_AUTO_TEST_SUITE_END()
