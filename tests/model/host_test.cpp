// Host names as documents and records give them, and which addresses are public.
#include "model/host.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "model/placeholders.h"

using namespace mailconf;
namespace data = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(hosts)

BOOST_AUTO_TEST_CASE(S1_a_host_is_lower_case) { BOOST_TEST(normalise_host("LOUD.LOCAL").value() == "loud.local"); }

BOOST_DATA_TEST_CASE(S2_address_literals_are_hosts, data::make({"192.168.1.1", "::1", "2001:db8::"}), text) {
  BOOST_TEST(normalise_host(text).value() == text);
}

BOOST_AUTO_TEST_CASE(S2_an_address_has_one_spelling) {
  BOOST_TEST(normalise_host("2001:DB8:0:0:0:0:0:1").value() == "2001:db8::1");
}

BOOST_DATA_TEST_CASE(S3_brackets_belong_to_urls, data::make({"[::1]", "[192.0.2.1]"}), text) {
  BOOST_TEST(!normalise_host(text).has_value());
}

BOOST_DATA_TEST_CASE(S4_these_are_no_hosts,
                     data::make({"a_b.example.org", "user@example.org", "a b", "-a.example.org", "", "  ", "a/b",
                                 "a:993", "imap.example.org,", "*", "999.999.999.999", "1.2.3.4.5", "0x7f000001",
                                 "2130706433", "fe80::1%eth0", "imap.%FOO%.example.org"}),
                     text) {
  BOOST_TEST(!normalise_host(text).has_value());
}

BOOST_AUTO_TEST_CASE(S5_a_trailing_dot_is_removed) {
  BOOST_TEST(normalise_host("imap.example.com.").value() == "imap.example.com");
}

BOOST_AUTO_TEST_CASE(S6_a_placeholder_may_stand_in_a_host) {
  BOOST_TEST(parse_host_template(" imap.%EMAILDOMAIN% ").value() == "imap.%EMAILDOMAIN%");
  BOOST_TEST(!parse_host_template("imap_%EMAILDOMAIN%").has_value());
  BOOST_TEST(!parse_host_template("imap.%FOO%").has_value());
  BOOST_TEST(!parse_host_template("%EMAILADDRESS%").has_value());
}

BOOST_AUTO_TEST_CASE(X29_white_space_around_a_host_is_trimmed) {
  BOOST_TEST(normalise_host("\n\t imap.example.org \r\n").value() == "imap.example.org");
}

BOOST_AUTO_TEST_CASE(a_single_label_is_a_host) { BOOST_TEST(normalise_host("mailhost").value() == "mailhost"); }

BOOST_AUTO_TEST_CASE(international_hosts_are_a_labels) {
  BOOST_TEST(normalise_host("IMAP.münchen.example").value() == "imap.xn--mnchen-3ya.example");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(networks)

BOOST_AUTO_TEST_CASE(an_address_is_in_a_network_when_its_first_bits_are_the_same) {
  BOOST_TEST(is_within_network("192.0.2.129", "192.0.2.128/25"));
  BOOST_TEST(!is_within_network("192.0.2.127", "192.0.2.128/25"));
  BOOST_TEST(is_within_network("2001:db8:1::1", "2001:db8::/32"));
  BOOST_TEST(!is_within_network("2001:db9::1", "2001:db8::/32"));
  BOOST_TEST(is_within_network("198.51.100.7", "0.0.0.0/0"));
}

BOOST_AUTO_TEST_CASE(an_address_alone_is_a_network_of_one) {
  BOOST_TEST(is_within_network("192.0.2.1", "192.0.2.1"));
  BOOST_TEST(is_within_network("2001:db8:0::1", "2001:DB8::1"));
  BOOST_TEST(!is_within_network("192.0.2.2", "192.0.2.1"));
}

BOOST_DATA_TEST_CASE(what_is_no_network_holds_nothing,
                     data::make({"192.0.2.1/33", "192.0.2.1/", "192.0.2.1/x", "192.0.2.1/-1", "::/0", "example.org/8",
                                 "/0", ""}),
                     network) {
  BOOST_TEST(!is_within_network("192.0.2.1", network));
}

BOOST_AUTO_TEST_CASE(a_name_is_in_no_network) { BOOST_TEST(!is_within_network("example.org", "0.0.0.0/0")); }

BOOST_AUTO_TEST_CASE(the_octets_of_an_address_are_in_network_order) {
  BOOST_TEST(address_octets("192.0.2.1") == std::string("\xc0\0\2\1", 4));
  BOOST_TEST(address_octets("::1") == std::string(15, '\0') + '\1');
  BOOST_TEST(address_octets("example.org").empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(public_addresses)

BOOST_DATA_TEST_CASE(these_are_public,
                     data::make({"8.8.8.8", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0",
                                 "192.0.1.1", "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700::1111",
                                 "2001:200::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"}),
                     text) {
  BOOST_TEST(is_public_address(text));
}

BOOST_DATA_TEST_CASE(these_are_not,
                     data::make({"0.0.0.0",
                                 "0.1.2.3",
                                 "10.0.0.1",
                                 "100.64.0.1",
                                 "127.0.0.1",
                                 "169.254.169.254",
                                 "172.16.0.1",
                                 "172.31.255.255",
                                 "192.0.0.8",
                                 "192.0.2.1",
                                 "192.168.1.1",
                                 "198.18.0.1",
                                 "198.51.100.7",
                                 "203.0.113.9",
                                 "224.0.0.1",
                                 "240.0.0.1",
                                 "255.255.255.255",
                                 "::",
                                 "::1",
                                 "fe80::1",
                                 "fc00::1",
                                 "fd12::1",
                                 "ff02::1",
                                 "2001:db8::1",
                                 "2001::1",
                                 "2002:7f00:1::",
                                 "3fff::1",
                                 "::ffff:127.0.0.1",
                                 "::ffff:10.0.0.1",
                                 "64:ff9b::10.0.0.1",
                                 "64:ff9b:1::1",
                                 "::127.0.0.1",
                                 "example.org",
                                 "",
                                 "127.1"}),
                     text) {
  BOOST_TEST(!is_public_address(text));
}

BOOST_AUTO_TEST_CASE(only_literals_are_literals) {
  BOOST_TEST(is_address_literal("192.0.2.1"));
  BOOST_TEST(is_address_literal("2001:db8::1"));
  BOOST_TEST(!is_address_literal("192.0.2"));
  BOOST_TEST(!is_address_literal("example.org"));
  BOOST_TEST(!is_address_literal(std::string_view("192.0.2.1\0x", 11)));
}

BOOST_AUTO_TEST_SUITE_END()
