#include <boost/test/unit_test.hpp>

#include "network/asking.h"

using namespace mailconf;
using namespace mailconf::testing;

namespace {

void serve_hello(Conversation& client) {
  client.read_request();
  client.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
  client.wait_for_close();
}

std::string url(const std::string& host, std::uint16_t port) {
  return "http://" + host + ":" + std::to_string(port) + "/";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(connection)

BOOST_AUTO_TEST_CASE(a_name_leads_to_its_address) {
  DnsServer dns;
  TcpServer server(serve_hello, "127.0.0.2");
  dns.a("www.example.org", "127.0.0.2");
  BOOST_TEST(http(Asking(dns).ask(get(url("www.example.org", server.port())))).body == "hello");
}

BOOST_AUTO_TEST_CASE(an_address_needs_no_name_server) {
  DnsServer dns;
  TcpServer server(serve_hello, "::1");
  BOOST_TEST(http(Asking(dns).ask(get(url("[::1]", server.port())))).body == "hello");
  BOOST_TEST(dns.questions().empty());
}

BOOST_AUTO_TEST_CASE(D22_a_silent_IPv6_address_is_followed_by_IPv4_within_a_moment) {
  DnsServer dns;
  TcpServer server(serve_hello, "127.0.0.1");
  const SilentPort silent("::1", server.port());
  dns.a("www.example.org", "127.0.0.1").aaaa("www.example.org", "::1");
  BOOST_TEST(http(Asking(dns).ask(get(url("www.example.org", server.port())))).body == "hello");
}

BOOST_AUTO_TEST_CASE(D22_a_name_server_that_swallows_AAAA_questions_holds_nothing_up) {
  DnsServer dns;
  TcpServer server(serve_hello);
  dns.a("www.example.org", "127.0.0.1").conduct("AAAA www.example.org", DnsConduct::silent);
  BOOST_TEST(http(Asking(dns).ask(get(url("www.example.org", server.port())))).body == "hello");
}

BOOST_AUTO_TEST_CASE(D23_a_host_with_IPv6_only_is_found) {
  DnsServer dns;
  TcpServer server(serve_hello, "::1");
  dns.aaaa("www.example.org", "::1");
  BOOST_TEST(http(Asking(dns).ask(get(url("www.example.org", server.port())))).body == "hello");
}

BOOST_AUTO_TEST_CASE(G16_an_address_that_refuses_is_followed_by_the_others_at_once) {
  DnsServer dns;
  TcpServer server(serve_hello, "127.0.0.8");
  for (int i = 1; i <= 8; ++i) dns.a("www.example.org", "127.0.0." + std::to_string(i));
  Asking asking(dns);
  // A quarter of a second for each of the seven would be too late.
  const auto soon = std::chrono::milliseconds(1500);
  BOOST_TEST(http(asking.ask(get(url("www.example.org", server.port())), soon)).body == "hello");
}

BOOST_AUTO_TEST_CASE(G16_a_host_refuses_when_all_its_addresses_do) {
  DnsServer dns;
  const RefusingPort refusing;
  dns.a("www.example.org", "127.0.0.1").a("www.example.org", "127.0.0.2");
  const auto refused = failure(Asking(dns).ask(get(url("www.example.org", refusing.port()))));
  BOOST_TEST((refused.kind == FailureKind::refused));
  BOOST_TEST(refused.detail.ends_with(": connection refused"), refused.detail);
}

BOOST_AUTO_TEST_CASE(no_answer_is_told_with_the_address) {
  DnsServer dns;
  const SilentPort silent;
  dns.a("www.example.org", "127.0.0.1");
  const auto late = failure(Asking(dns).ask(get(url("www.example.org", silent.port())), moment));
  BOOST_TEST((late.kind == FailureKind::timed_out));
  BOOST_TEST(late.detail == "no answer to the TCP connection of 127.0.0.1:" + std::to_string(silent.port()));
}

BOOST_AUTO_TEST_CASE(names_that_lead_nowhere_are_told_apart) {
  DnsServer dns;
  dns.txt("empty.example.org", {"no address"});
  dns.conduct("broken.example.org", DnsConduct::servfail).conduct("silent.example.org", DnsConduct::silent);
  Asking asking(dns);
  const auto ask = [&](const std::string& name, Duration within = plenty) {
    return failure(asking.ask(get(url(name, 80)), within));
  };
  BOOST_TEST((ask("nowhere.example.org") ==
              Failure{FailureKind::no_such_name, "nowhere.example.org does not exist (NXDOMAIN)"}));
  BOOST_TEST((ask("empty.example.org") == Failure{FailureKind::no_such_name, "empty.example.org has no address"}));
  BOOST_TEST((ask("broken.example.org").kind == FailureKind::dns_failure));
  BOOST_TEST((ask("silent.example.org", moment) ==
              Failure{FailureKind::timed_out, "no answer of the name servers about silent.example.org"}));
}

BOOST_AUTO_TEST_CASE(Z11_names_that_lead_to_private_addresses_are_not_followed) {
  DnsServer dns;
  TcpServer server(serve_hello);
  dns.a("www.example.org", "127.0.0.1").aaaa("www.example.org", "::1");
  auto options = local(dns);
  options.allow_private = false;
  Asking asking(options);
  const auto kept_out = failure(asking.ask(get(url("www.example.org", server.port()))));
  BOOST_TEST((kept_out.kind == FailureKind::address_not_public));
  BOOST_TEST(kept_out.detail.starts_with("www.example.org leads to "));
  BOOST_TEST((failure(asking.ask(get(url("127.0.0.1", server.port())))).kind == FailureKind::address_not_public));
  BOOST_TEST((failure(asking.ask(get(url("localhost", server.port())))).kind == FailureKind::address_not_public));
  BOOST_TEST(server.accepted() == 0U);
}

BOOST_AUTO_TEST_CASE(a_mapped_host_is_not_looked_up_and_may_be_private) {
  DnsServer dns;
  TcpServer server(serve_hello);
  auto options = local(dns);
  options.allow_private = false;
  options.connect_to = {{"www.example.org", 80, "127.0.0.1", server.port()}};
  BOOST_TEST(http(Asking(options).ask(get("http://www.example.org/"))).body == "hello");
  BOOST_TEST(dns.questions().empty());
}

BOOST_AUTO_TEST_CASE(no_more_than_eight_addresses_of_a_host_are_tried) {
  DnsServer dns;
  const RefusingPort refusing("127.0.0.1");
  for (int i = 1; i <= 8; ++i) dns.a("www.example.org", "127.0.0." + std::to_string(i));
  TcpServer ninth(serve_hello, "127.0.0.9", refusing.port());
  dns.a("www.example.org", "127.0.0.9");
  BOOST_TEST((failure(Asking(dns).ask(get(url("www.example.org", ninth.port())))).kind == FailureKind::refused));
  BOOST_TEST(ninth.accepted() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
