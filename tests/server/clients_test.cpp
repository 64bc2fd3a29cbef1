// How much one client may ask.
#include "server/operation/clients.h"

#include <boost/test/unit_test.hpp>

#include "server/published.h"

namespace mailconf::testing {
namespace {

using namespace std::chrono_literals;
using Poco::Net::IPAddress;

const IPAddress client("192.0.2.1");
const IPAddress neighbour("192.0.2.2");
const server::Clients::Time start{};

server::ClientLimits narrow() { return {.requests_per_second = 2, .burst = 3, .connections = 2, .remembered = 2}; }

struct Narrow {
  server::Clients clients{narrow(), {*server::AddressRange::parse("198.51.100.0/24")}};
  // How many of `count` requests at `time` are let through.
  int let_through(const IPAddress& address, int count, server::Clients::Time time) {
    int passed = 0;
    for (int i = 0; i < count; ++i) passed += clients.may_ask(address, time) ? 1 : 0;
    return passed;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(clients, Narrow)

BOOST_AUTO_TEST_CASE(a_burst_is_let_through_and_then_as_much_as_flows_in) {
  BOOST_TEST(let_through(client, 10, start) == 3);
  BOOST_TEST(let_through(client, 10, start + 1s) == 2);
  BOOST_TEST(let_through(client, 10, start + 10s) == 3);
}

BOOST_AUTO_TEST_CASE(nobody_pays_for_another) {
  let_through(client, 10, start);
  BOOST_TEST(let_through(neighbour, 10, start) == 3);
}

BOOST_AUTO_TEST_CASE(a_network_of_64_bits_is_one_client) {
  BOOST_TEST(let_through(IPAddress("2001:db8::1"), 10, start) == 3);
  BOOST_TEST(let_through(IPAddress("2001:db8::2"), 10, start) == 0);
  BOOST_TEST(let_through(IPAddress("2001:db8:0:1::1"), 10, start) == 3);
}

BOOST_AUTO_TEST_CASE(an_ipv4_address_in_ipv6_is_the_same_client) {
  let_through(client, 10, start);
  BOOST_TEST(let_through(IPAddress("::ffff:192.0.2.1"), 10, start) == 0);
}

BOOST_AUTO_TEST_CASE(this_machine_and_trusted_proxies_are_not_counted) {
  for (const auto* known : {"127.0.0.1", "::1", "198.51.100.7"})
    BOOST_TEST(let_through(IPAddress(known), 10, start) == 10);
}

BOOST_AUTO_TEST_CASE(the_idle_are_forgotten_and_nobody_is_refused_for_want_of_room) {
  let_through(client, 10, start);
  let_through(neighbour, 10, start);
  BOOST_TEST(let_through(IPAddress("192.0.2.3"), 10, start) == 10);
  BOOST_TEST(let_through(client, 10, start) == 0);
  BOOST_TEST(let_through(IPAddress("192.0.2.3"), 10, start + 1h) == 3);
}

BOOST_AUTO_TEST_CASE(row_71_however_much_was_asked_a_second_of_rest_is_enough) {
  for (int second = 0; second < 1000; ++second) let_through(client, 10, start + second * 1s);
  BOOST_TEST(let_through(client, 10, start + 1000s) == 2);
}

BOOST_AUTO_TEST_CASE(connections_are_counted_while_they_last) {
  clients.connected(client);
  BOOST_TEST(clients.may_connect(client));
  clients.connected(client);
  BOOST_TEST(!clients.may_connect(client));
  BOOST_TEST(clients.may_connect(neighbour));
  clients.disconnected(client);
  BOOST_TEST(clients.may_connect(client));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(clients_behind_a_proxy)

BOOST_AUTO_TEST_CASE(row_97_the_forwarded_client_is_the_one_that_is_slowed) {
  Wishes wishes{.server = "trusted-proxies = [\"127.0.0.0/8\"]", .more = "", .limits = {}};
  wishes.limits.client = {.requests_per_second = 0.001, .burst = 2, .connections = 2, .remembered = 100};
  const Published published({definition({"example.com"})}, wishes);
  const auto status = [&](const std::string& forwarded) {
    return published.get("/mail/config-v1.1.xml", "example.com", "X-Forwarded-For: " + forwarded + "\r\n").status;
  };
  // What stands before the last address that is no proxy's, the client may have made up.
  BOOST_TEST(status("192.0.2.1") == 200);
  BOOST_TEST(status("203.0.113.9, 192.0.2.1, 127.0.0.2") == 200);
  BOOST_TEST(status("203.0.113.10, 192.0.2.1") == 429);
  BOOST_TEST(status("203.0.113.9") == 200);
  const auto refused = published.get("/mail/config-v1.1.xml", "example.com", "X-Forwarded-For: 192.0.2.1\r\n");
  BOOST_TEST(refused.header("retry-after") == "1");
}

BOOST_AUTO_TEST_CASE(row_71_many_unknown_addresses_are_slowed_and_nobody_is_shut_out) {
  Wishes wishes{.server = "trusted-proxies = [\"127.0.0.0/8\"]", .more = "", .limits = {}};
  wishes.limits.client = {.requests_per_second = 0.001, .burst = 20, .connections = 2, .remembered = 100};
  const Published published({definition({"example.com"})}, wishes);
  const auto reply_to = [&](const std::string& name, const std::string& forwarded) {
    return published.get("/mail/config-v1.1.xml?emailaddress=" + name, "autoconfig.example.com",
                         "X-Forwarded-For: " + forwarded + "\r\n");
  };
  for (int i = 0; i < 20; ++i)
    BOOST_TEST(reply_to("nobody" + std::to_string(i) + "@elsewhere.example", "192.0.2.1").status == 404);
  const auto slowed = reply_to("nobody@elsewhere.example", "192.0.2.1");
  BOOST_TEST(slowed.status == 429);
  BOOST_TEST(slowed.header("retry-after") == "1");
  BOOST_TEST(slowed.header("connection") != "Close");
  BOOST_TEST(reply_to("alice@example.com", "203.0.113.9").status == 200);
}

BOOST_AUTO_TEST_CASE(row_71_twenty_unknown_addresses_in_a_row_cost_an_honest_client_nothing) {
  const Published published({definition({"example.com"})},
                            {.server = "trusted-proxies = [\"127.0.0.0/8\"]", .more = "", .limits = {}});
  const auto status_of = [&](const std::string& name) {
    return published
        .get("/mail/config-v1.1.xml?emailaddress=" + name, "autoconfig.example.com", "X-Forwarded-For: 192.0.2.1\r\n")
        .status;
  };
  for (int i = 0; i < 20; ++i) BOOST_TEST(status_of("nobody@elsewhere.example") == 404);
  BOOST_TEST(status_of("alice@example.com") == 200);
}

BOOST_AUTO_TEST_CASE(row_97_nobody_else_can_name_another_client) {
  Wishes wishes;
  wishes.limits.client = {.requests_per_second = 0.001, .burst = 1, .connections = 2, .remembered = 100};
  const Published published({definition({"example.com"})}, wishes);
  for (int i = 0; i < 3; ++i)
    BOOST_TEST(published.get("/mail/config-v1.1.xml", "example.com", "X-Forwarded-For: 192.0.2.1\r\n").status == 200);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
