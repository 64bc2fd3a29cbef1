// How often a visitor can have mail servers tried.
#include "server/operation/self_tests.h"

#include <boost/test/unit_test.hpp>

namespace mailconf::testing {
namespace {

using server::SelfTestLimits;
using server::SelfTests;
using namespace std::chrono_literals;

const DomainName one = *DomainName::parse("one.example");
const DomainName two = *DomainName::parse("two.example");

std::vector<Server> servers(const std::string& hostname) {
  Server server;
  server.hostname = hostname;
  return {server};
}

struct Bench {
  std::chrono::steady_clock::time_point now{};
  int runs = 0;
  std::function<void()> meanwhile = [] {};
  SelfTests tests{[this](const std::vector<Server>& tried, const std::stop_token&) {
                    ++runs;
                    meanwhile();
                    std::vector<ProbedPort> ports(tried.size());
                    return Result<std::vector<ProbedPort>>(ports);
                  },
                  SelfTestLimits{2, 60s, 3}, [this] { return now; }};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(self_tests, Bench)

BOOST_AUTO_TEST_CASE(what_was_found_is_told_for_a_minute) {
  BOOST_TEST(tests.run(one, servers("a")).has_value());
  now += 59s;
  BOOST_TEST(tests.run(one, servers("a")).has_value());
  BOOST_TEST(runs == 1);
  now += 1s;
  BOOST_TEST(tests.run(one, servers("a")).has_value());
  BOOST_TEST(runs == 2);
}

BOOST_AUTO_TEST_CASE(other_servers_are_tried_at_once) {
  tests.run(one, servers("a"));
  tests.run(one, servers("b"));
  BOOST_TEST(runs == 2);
}

BOOST_AUTO_TEST_CASE(a_domain_is_tried_once_at_a_time) {
  bool refused = false;
  meanwhile = [&] { refused = !tests.run(one, servers("a")); };
  BOOST_TEST(tests.run(one, servers("a")).has_value());
  BOOST_TEST(refused);
  BOOST_TEST(runs == 1);
}

BOOST_AUTO_TEST_CASE(no_more_than_a_few_domains_are_tried_at_once) {
  bool refused = false;
  meanwhile = [&] {
    const bool first = runs == 1;
    const auto outcome = tests.run(first ? two : *DomainName::parse("three.example"), servers("a"));
    if (!first) refused = !outcome;
  };
  tests.run(one, servers("a"));
  BOOST_TEST(refused);
  BOOST_TEST(runs == 2);
}

BOOST_AUTO_TEST_CASE(no_more_domains_are_remembered_than_there_is_room_for) {
  for (const char* name : {"a.example", "b.example", "c.example"}) tests.run(*DomainName::parse(name), servers("a"));
  BOOST_TEST(!tests.run(one, servers("a")).has_value());
  now += 60s;
  BOOST_TEST(tests.run(one, servers("a")).has_value());
}

BOOST_AUTO_TEST_CASE(after_the_end_nothing_is_tried) {
  tests.stop();
  BOOST_TEST(!tests.run(one, servers("a")).has_value());
  BOOST_TEST(runs == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
