#include "driver/probing.h"

#include <boost/test/unit_test.hpp>

#include "network/real_network.h"
#include "support/dns_server.h"

using namespace mailconf;

namespace {

std::string line(const Server& server) {
  return std::string(to_string(server.type)) + " " + server.hostname + " " + std::to_string(server.port) + " " +
         std::string(to_string(server.socket_type));
}

using Lines = std::vector<std::string>;

Lines ports_of(const char* text) {
  Lines lines;
  const auto servers = servers_to_probe(text);
  BOOST_REQUIRE_MESSAGE(servers, text);
  for (const auto& server : *servers) lines.push_back(line(server));
  return lines;
}

void expect(const char* text, const Lines& expected) {
  BOOST_TEST_CONTEXT(text) { BOOST_TEST(ports_of(text) == expected, boost::test_tools::per_element()); }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(probing)

BOOST_AUTO_TEST_CASE(a_host_alone_means_the_standard_ports_of_all_three_protocols) {
  expect("mail.example.org",
         {"imap mail.example.org 993 SSL", "imap mail.example.org 143 STARTTLS", "pop3 mail.example.org 995 SSL",
          "pop3 mail.example.org 110 STARTTLS", "smtp mail.example.org 465 SSL", "smtp mail.example.org 587 STARTTLS"});
}

BOOST_AUTO_TEST_CASE(G5_the_first_label_implies_the_protocol) {
  expect("pop.example.org", {"pop3 pop.example.org 995 SSL", "pop3 pop.example.org 110 STARTTLS"});
  expect("IMAP.example.org", {"imap imap.example.org 993 SSL", "imap imap.example.org 143 STARTTLS"});
  expect("smtp.example.org", {"smtp smtp.example.org 465 SSL", "smtp smtp.example.org 587 STARTTLS"});
}

BOOST_AUTO_TEST_CASE(G6_an_unusual_port_is_tried_both_ways_and_no_other_port_is) {
  expect("imap.example.org:31337", {"imap imap.example.org 31337 SSL", "imap imap.example.org 31337 STARTTLS"});
  BOOST_TEST(ports_of("mail.example.org:31337").size() == 6U);
}

BOOST_AUTO_TEST_CASE(G7_a_standard_port_says_protocol_and_security) {
  expect("mail.example.org:993", {"imap mail.example.org 993 SSL"});
  expect("mail.example.org:25", {"smtp mail.example.org 25 STARTTLS"});
}

BOOST_AUTO_TEST_CASE(G8_only_the_given_host_is_probed) {
  for (const auto& port : ports_of("other.example.net"))
    BOOST_TEST(port.find("other.example.net") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(addresses_are_hosts_too) {
  expect("192.0.2.1:993", {"imap 192.0.2.1 993 SSL"});
  expect("[2001:db8::1]:993", {"imap 2001:db8::1 993 SSL"});
  expect("2001:db8::1", {"imap 2001:db8::1 993 SSL", "imap 2001:db8::1 143 STARTTLS", "pop3 2001:db8::1 995 SSL",
                         "pop3 2001:db8::1 110 STARTTLS", "smtp 2001:db8::1 465 SSL", "smtp 2001:db8::1 587 STARTTLS"});
}

BOOST_AUTO_TEST_CASE(what_is_no_host_and_port_is_refused_with_a_sentence) {
  for (const auto* text : {"", "a b", "example.org:", "example.org:0", "example.org:65536", "example.org:9x", "[::1",
                           "[::1]x", "a@b.example", "https://example.org/"}) {
    const auto servers = servers_to_probe(text);
    BOOST_TEST_CONTEXT(text) {
      BOOST_REQUIRE(!servers);
      BOOST_TEST((servers.error().code == ErrorCode::bad_address));
      BOOST_TEST(!servers.error().message.empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(every_server_has_its_entry_in_the_order_given) {
  testing::DnsServer names;  // knows nobody
  const auto network = make_real_network({{names.endpoint()}, "", false, {}});
  BOOST_REQUIRE(network);
  const auto servers = servers_to_probe("imap.example.org");
  const auto ports = probe_servers(**network, 1, *servers, std::chrono::seconds(4), {});
  BOOST_REQUIRE(ports.size() == 2U);
  for (std::size_t index = 0; index < ports.size(); ++index) {
    BOOST_TEST(ports[index].server.port == servers->at(index).port);
    BOOST_TEST(to_string(ports[index].proof.outcome) == "refused");
    BOOST_TEST(ports[index].proof.reason.find("does not exist") != std::string::npos, ports[index].proof.reason);
  }
}

BOOST_AUTO_TEST_CASE(silence_is_unreachable_when_the_patience_is_over) {
  testing::DnsServer names;
  names.conduct("imap.example.org", testing::DnsConduct::silent);
  const auto network = make_real_network({{names.endpoint()}, "", false, {}});
  BOOST_REQUIRE(network);
  const auto ports =
      probe_servers(**network, 1, *servers_to_probe("imap.example.org"), std::chrono::milliseconds(50), {});
  for (const auto& port : ports) BOOST_TEST(to_string(port.proof.outcome) == "unreachable");
}

BOOST_AUTO_TEST_CASE(what_a_stop_cuts_off_was_not_tried) {
  testing::DnsServer names;
  names.conduct("imap.example.org", testing::DnsConduct::silent);
  const auto network = make_real_network({{names.endpoint()}, "", false, {}});
  BOOST_REQUIRE(network);
  std::stop_source stop;
  stop.request_stop();
  const auto ports =
      probe_servers(**network, 1, *servers_to_probe("imap.example.org"), std::chrono::seconds(4), stop.get_token());
  for (const auto& port : ports) BOOST_TEST(to_string(port.proof.outcome) == "not-tried");
}

BOOST_AUTO_TEST_SUITE_END()
