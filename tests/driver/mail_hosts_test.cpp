// Where a domain's mail goes, in a world of names alone.
#include "driver/mail_hosts.h"

#include <boost/test/unit_test.hpp>

#include "support/dns_server.h"
#include "support/simulated_network.h"

using namespace mailconf;
using namespace std::chrono_literals;

namespace {

const DomainName domain = *DomainName::parse("example.org");
constexpr Duration patience = 2s;

simulated::World world_with(const simulated::Records& records) {
  simulated::World world;
  world.round_trip = 20ms;
  world.name_timeout = 5s;
  simulated::Zone zone;
  zone.apex = "org";
  zone.names["example.org"] = records;
  world.zones.push_back(zone);
  return world;
}

MailHosts looked_up(const simulated::World& world) {
  simulated::SimulatedNetwork network(world);
  auto mail = look_up_mail_hosts(network, 1, domain, patience, {});
  BOOST_TEST(network.outstanding() == 0U);
  BOOST_TEST((network.now() <= patience));
  return mail;
}

std::vector<std::string> names_of(const MailHosts& mail) {
  std::vector<std::string> names;
  for (const auto& host : mail.hosts) names.push_back(host.ascii());
  return names;
}

void expect(const simulated::World& world, const char* outcome, const char* reason) {
  const auto mail = looked_up(world);
  BOOST_TEST(to_string(mail.outcome) == outcome);
  BOOST_TEST(mail.reason.find(reason) != std::string::npos, mail.reason);
  BOOST_TEST(mail.hosts.empty());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(mail_hosts)

BOOST_AUTO_TEST_CASE(hosts_come_in_order_of_preference_and_by_name_among_equals) {
  const auto mail = looked_up(
      world_with({{"MX", {"20 c.example.net.", "10 b.example.net.", "5 d.example.net.", "10 a.example.net."}}}));
  BOOST_TEST(to_string(mail.outcome) == "found");
  BOOST_TEST(mail.reason.empty());
  const std::vector<std::string> expected{"d.example.net", "a.example.net", "b.example.net", "c.example.net"};
  BOOST_TEST(names_of(mail) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_null_mx_is_an_absence_with_its_reason) {
  expect(world_with({{"MX", {"0 ."}}}), "absent", "null MX");
}

BOOST_AUTO_TEST_CASE(a_domain_with_addresses_and_without_mx_is_not_its_own_mail_host) {
  expect(world_with({{"A", {"192.0.2.1"}}}), "absent", "no such record");
}

BOOST_AUTO_TEST_CASE(a_domain_that_does_not_exist_has_no_mail_hosts) {
  auto world = world_with({});
  world.zones.front().names.clear();
  expect(world, "absent", "NXDOMAIN");
}

BOOST_AUTO_TEST_CASE(names_that_no_host_can_have_are_passed_over) {
  const auto mail = looked_up(world_with({{"MX", {"1 localhost.", "2 mx.example.net."}}}));
  BOOST_TEST(names_of(mail) == std::vector<std::string>{"mx.example.net"}, boost::test_tools::per_element());
  expect(world_with({{"MX", {"1 localhost."}}}), "unknown", "no MX record names a host");
}

BOOST_AUTO_TEST_CASE(trouble_of_the_name_server_is_unknown_never_absent) {
  expect(world_with({{"MX", {"servfail"}}}), "unknown", "SERVFAIL");
}

BOOST_AUTO_TEST_CASE(silence_is_unknown_when_the_patience_is_over) {
  simulated::SimulatedNetwork network(world_with({{"MX", {"timeout"}}}));
  const auto mail = look_up_mail_hosts(network, 1, domain, patience, {});
  BOOST_TEST(to_string(mail.outcome) == "unknown");
  BOOST_TEST((network.now() == patience));
}

BOOST_AUTO_TEST_CASE(a_stop_ends_the_look_up_at_once_as_unknown) {
  simulated::SimulatedNetwork network(world_with({{"MX", {"timeout"}}}));
  std::stop_source stop;
  network.at(300ms, [&] { stop.request_stop(); });
  const auto mail = look_up_mail_hosts(network, 1, domain, patience, stop.get_token());
  BOOST_TEST(to_string(mail.outcome) == "unknown");
  BOOST_TEST(mail.reason.find("cancelled") != std::string::npos, mail.reason);
  BOOST_TEST((network.now() == 300ms));
  BOOST_TEST(network.outstanding() == 0U);
}

BOOST_AUTO_TEST_CASE(the_public_class_asks_the_name_server_it_is_given_one_question) {
  testing::DnsServer names;
  names.mx("example.org", 10, "mx.example.net");
  ResolverOptions options;
  options.dns = {names.endpoint()};
  auto resolver = Resolver::create(options);
  BOOST_REQUIRE(resolver);
  BOOST_TEST(names_of(resolver->mail_hosts(domain)) == std::vector<std::string>{"mx.example.net"},
             boost::test_tools::per_element());
  BOOST_TEST(names.questions() == std::vector<std::string>{"MX example.org"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_deadline_of_the_options_bounds_the_look_up) {
  testing::DnsServer names;
  names.conduct("example.org", testing::DnsConduct::silent);
  ResolverOptions options;
  options.dns = {names.endpoint()};
  options.deadline = 50ms;
  auto resolver = Resolver::create(options);
  BOOST_REQUIRE(resolver);
  BOOST_TEST(to_string(resolver->mail_hosts(domain).outcome) == "unknown");
}

BOOST_AUTO_TEST_SUITE_END()
