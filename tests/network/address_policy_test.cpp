#include "network/address_policy.h"

#include <boost/test/unit_test.hpp>

using namespace mailconf;

BOOST_AUTO_TEST_SUITE(address_policy)

BOOST_AUTO_TEST_CASE(an_endpoint_is_an_address_with_or_without_a_port) {
  const auto text = [](std::string_view given) {
    const auto endpoint = parse_endpoint(given, 53);
    return endpoint ? endpoint->text() : "refused";
  };
  BOOST_TEST(text("192.0.2.1") == "192.0.2.1:53");
  BOOST_TEST(text("192.0.2.1:5353") == "192.0.2.1:5353");
  BOOST_TEST(text("2001:db8::1") == "[2001:db8::1]:53");
  BOOST_TEST(text("[2001:db8::1]") == "[2001:db8::1]:53");
  BOOST_TEST(text("[2001:db8::1]:5353") == "[2001:db8::1]:5353");
}

BOOST_AUTO_TEST_CASE(what_is_no_address_with_a_port_is_refused) {
  for (const auto* text : {"", "dns.example.org", "dns.example.org:53", "192.0.2.1:", "192.0.2.1:0", "192.0.2.1:65536",
                           "192.0.2.1:5x", "[2001:db8::1", "[2001:db8::1]53", "[192.0.2.1", ":53"})
    BOOST_TEST(!parse_endpoint(text, 53).has_value(), text);
}

BOOST_AUTO_TEST_CASE(Z11_addresses_that_are_not_public_are_not_contacted_unless_allowed) {
  const AddressPolicy strict(false, {});
  for (const auto* address : {"127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.169.254", "::1", "fe80::1", "fd00::1",
                              "::ffff:127.0.0.1", "0.0.0.0", "224.0.0.1"})
    BOOST_TEST(!strict.allows(address), address);
  BOOST_TEST(strict.allows("9.9.9.9"));
  BOOST_TEST(strict.allows("2620:fe::fe"));
  BOOST_TEST(AddressPolicy(true, {}).allows("127.0.0.1"));
}

BOOST_AUTO_TEST_CASE(names_that_cannot_be_public_are_kept_from_a_proxy_unless_allowed) {
  const AddressPolicy strict(false, {});
  for (const auto* host : {"localhost", "www.localhost", "intranet", "10.0.0.1", "::1"})
    BOOST_TEST(!strict.allows_by_proxy(host), host);
  for (const auto* host : {"imap.example.org", "9.9.9.9", "2620:fe::fe"})
    BOOST_TEST(strict.allows_by_proxy(host), host);
  BOOST_TEST(AddressPolicy(true, {}).allows_by_proxy("intranet"));
}

BOOST_AUTO_TEST_CASE(connections_of_one_host_and_port_go_where_the_caller_says) {
  const AddressPolicy policy(false, {{"imap.example.org", 993, "127.0.0.1", 10993}});
  BOOST_TEST(policy.redirected("IMAP.example.org", 993).value().text() == "127.0.0.1:10993");
  BOOST_TEST(!policy.redirected("imap.example.org", 143).has_value());
  BOOST_TEST(!policy.redirected("smtp.example.org", 993).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
