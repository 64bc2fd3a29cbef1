#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "network/asking.h"

using namespace mailconf;
using namespace mailconf::testing;

namespace {

std::vector<std::string> sorted(std::vector<std::string> list) {
  std::sort(list.begin(), list.end());
  return list;
}

DnsQuestion addresses(const std::string& name) { return {RecordType::addresses, name}; }
DnsQuestion mx(const std::string& name) { return {RecordType::mx, name}; }

}  // namespace

BOOST_AUTO_TEST_SUITE(name_client)

BOOST_AUTO_TEST_CASE(both_families_of_addresses_are_one_answer) {
  DnsServer server;
  server.a("imap.example.org", "192.0.2.1").a("imap.example.org", "192.0.2.2").aaaa("imap.example.org", "2001:db8::1");
  const auto answer = dns(Asking(server).ask(addresses("imap.example.org")));
  BOOST_TEST(sorted(answer.addresses) == std::vector<std::string>({"192.0.2.1", "192.0.2.2", "2001:db8::1"}));
}

BOOST_AUTO_TEST_CASE(mail_exchangers_come_as_received_and_the_root_is_empty) {
  DnsServer server;
  server.mx("example.org", 20, "MX2.example.org").mx("example.org", 10, "mx1.example.org").mx("no.example.org", 0, ".");
  Asking asking(server);
  BOOST_TEST((dns(asking.ask(mx("example.org"))).mx ==
              std::vector<MxRecord>{{20, "mx2.example.org"}, {10, "mx1.example.org"}}));
  BOOST_TEST((dns(asking.ask(mx("no.example.org"))).mx == std::vector<MxRecord>{{0, ""}}));
}

BOOST_AUTO_TEST_CASE(services_come_as_received_and_the_root_is_empty) {
  DnsServer server;
  server.srv("_imaps._tcp.example.org", 1, 2, 993, "imap.example.org").srv("_pop3s._tcp.example.org", 0, 0, 0, ".");
  Asking asking(server);
  BOOST_TEST((dns(asking.ask(DnsQuestion{RecordType::srv, "_imaps._tcp.example.org"})).srv ==
              std::vector<SrvRecord>{{1, 2, 993, "imap.example.org"}}));
  BOOST_TEST((dns(asking.ask(DnsQuestion{RecordType::srv, "_pop3s._tcp.example.org"})).srv ==
              std::vector<SrvRecord>{{0, 0, 0, ""}}));
}

BOOST_AUTO_TEST_CASE(the_strings_of_a_text_record_are_joined) {
  DnsServer server;
  server.txt("example.org", {"v=UAAC1; a=sha256; ", "d=abc"}).txt("example.org", {"v=spf1 -all"});
  const auto answer = dns(Asking(server).ask(DnsQuestion{RecordType::txt, "example.org"}));
  BOOST_TEST(sorted(answer.txt) == std::vector<std::string>({"v=UAAC1; a=sha256; d=abc", "v=spf1 -all"}));
}

BOOST_AUTO_TEST_CASE(name_servers_are_hosts_without_the_dot_at_the_end) {
  DnsServer server;
  server.ns("example.org", "NS1.example.net").ns("example.org", "ns2.example.net");
  const auto answer = dns(Asking(server).ask(DnsQuestion{RecordType::ns, "example.org"}));
  BOOST_TEST(sorted(answer.ns) == std::vector<std::string>({"ns1.example.net", "ns2.example.net"}));
}

BOOST_AUTO_TEST_CASE(a_thousand_answers_are_kept_and_the_oldest_go_first) {
  DnsServer server;
  Asking asking(server);
  const auto name = [](int number) { return "n" + std::to_string(number) + ".example.org"; };
  for (int number = 0; number <= 1001; ++number) asking.ask(mx(name(number)));
  asking.ask(mx(name(1001)));
  asking.ask(mx(name(0)));
  const auto asked = server.questions();
  BOOST_TEST(std::ranges::count(asked, "MX " + name(1001)) == 1);
  BOOST_TEST(std::ranges::count(asked, "MX " + name(0)) == 2);
}

BOOST_AUTO_TEST_CASE(D10_four_outcomes_are_kept_apart) {
  DnsServer server;
  server.txt("example.org", {"other"}).conduct("broken.example.org", DnsConduct::servfail);
  server.conduct("silent.example.org", DnsConduct::silent);
  Asking asking(server);
  BOOST_TEST(!dns(asking.ask(mx("nowhere.example.org"))).exists);
  BOOST_TEST(dns(asking.ask(mx("example.org"))).exists);
  const auto broken = failure(asking.ask(mx("broken.example.org")));
  BOOST_TEST((broken.kind == FailureKind::dns_failure));
  BOOST_TEST(broken.detail == "the name server " + server.endpoint() + " answered SERVFAIL");
  const auto silent = failure(asking.ask(mx("silent.example.org"), moment));
  BOOST_TEST((silent.kind == FailureKind::dns_timeout));
  BOOST_TEST(silent.detail == "no answer of the name servers about silent.example.org");
}

BOOST_AUTO_TEST_CASE(D10_one_family_that_fails_does_not_make_the_other_an_absence) {
  DnsServer server;
  server.txt("a.example.org", {"no address"}).conduct("AAAA a.example.org", DnsConduct::servfail);
  server.a("b.example.org", "192.0.2.1").conduct("AAAA b.example.org", DnsConduct::servfail);
  server.a("c.example.org", "192.0.2.1").conduct("AAAA c.example.org", DnsConduct::silent);
  Asking asking(server);
  BOOST_TEST((failure(asking.ask(addresses("a.example.org"))).kind == FailureKind::dns_failure));
  BOOST_TEST(dns(asking.ask(addresses("b.example.org"))).addresses.size() == 1U);
  BOOST_TEST(dns(asking.ask(addresses("c.example.org"), 4 * moment)).addresses.size() == 1U);
}

BOOST_AUTO_TEST_CASE(D11_a_truncated_reply_is_asked_for_again_over_TCP) {
  DnsServer server;
  for (int i = 0; i < 100; ++i)
    server.mx("example.org", 10, "a-rather-long-name-" + std::to_string(i) + ".example.org");
  server.conduct("example.org", DnsConduct::truncated);
  BOOST_TEST(dns(Asking(server).ask(mx("example.org"))).mx.size() == 100U);
  BOOST_TEST(server.questions() == std::vector<std::string>({"MX example.org", "MX example.org over TCP"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(D12_a_name_that_does_not_exist_is_asked_for_once_and_as_it_is) {
  DnsServer server;
  Asking(server).ask(mx("nowhere"));
  BOOST_TEST(server.questions() == std::vector<std::string>({"MX nowhere"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(D24_aliases_are_followed_to_their_end) {
  DnsServer server;
  server.cname("imap.example.org", "mail.example.org").cname("mail.example.org", "host.example.net");
  server.a("host.example.net", "192.0.2.1");
  BOOST_TEST(
      dns(Asking(server).ask(addresses("imap.example.org"))).addresses == std::vector<std::string>({"192.0.2.1"}),
      boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(D24_a_loop_of_aliases_is_an_error_and_no_hang) {
  DnsServer server;
  server.cname("a.example.org", "b.example.org").cname("b.example.org", "a.example.org");
  const auto looped = failure(Asking(server).ask(addresses("a.example.org")));
  BOOST_TEST((looped.kind == FailureKind::dns_failure));
  BOOST_TEST(looped.detail ==
             "the name server " + server.endpoint() + " sent a chain of aliases (CNAME) that does not end");
}

BOOST_AUTO_TEST_CASE(the_AD_bit_is_asked_for_and_kept_from_a_server_on_this_machine) {
  DnsServer server;
  server.mx("signed.example.org", 10, "mx.example.org").conduct("signed.example.org", DnsConduct::authentic);
  server.mx("example.org", 10, "mx.example.org");
  Asking asking(server);
  BOOST_TEST(dns(asking.ask(mx("signed.example.org"))).authentic);
  BOOST_TEST(!dns(asking.ask(mx("example.org"))).authentic);
}

BOOST_AUTO_TEST_CASE(addresses_are_authentic_when_both_families_are) {
  DnsServer server;
  server.a("half.example.org", "192.0.2.1").conduct("A half.example.org", DnsConduct::authentic);
  server.a("whole.example.org", "192.0.2.1").conduct("whole.example.org", DnsConduct::authentic);
  Asking asking(server);
  BOOST_TEST(!dns(asking.ask(addresses("half.example.org"))).authentic);
  BOOST_TEST(dns(asking.ask(addresses("whole.example.org"))).authentic);
}

BOOST_AUTO_TEST_CASE(octets_that_are_no_message_do_not_end_the_waiting) {
  DnsServer server;
  server.conduct("example.org", DnsConduct::junk);
  BOOST_TEST((failure(Asking(server).ask(mx("example.org"), moment)).kind == FailureKind::dns_timeout));
}

BOOST_AUTO_TEST_CASE(malformed_records_are_a_failure_of_the_server) {
  DnsServer server;
  server.conduct("example.org", DnsConduct::broken_records);
  const auto broken = failure(Asking(server).ask(mx("example.org")));
  BOOST_TEST((broken.kind == FailureKind::dns_failure));
  BOOST_TEST(broken.detail == "the name server " + server.endpoint() + " sent malformed records");
}

BOOST_AUTO_TEST_CASE(a_lost_question_is_repeated_soon) {
  DnsServer server;
  server.mx("example.org", 10, "mx.example.org").conduct("example.org", DnsConduct::silent_once);
  BOOST_TEST(dns(Asking(server).ask(mx("example.org"))).mx.size() == 1U);
  BOOST_TEST(server.questions().size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_server_that_fails_or_is_silent_is_followed_by_the_next) {
  DnsServer broken, working;
  working.mx("a.example.org", 10, "mx.example.org").mx("b.example.org", 10, "mx.example.org");
  broken.conduct("a.example.org", DnsConduct::servfail).conduct("b.example.org", DnsConduct::silent);
  auto options = local(broken);
  options.dns.push_back(working.endpoint());
  Asking asking(options);
  BOOST_TEST(dns(asking.ask(mx("a.example.org"))).mx.size() == 1U);
  BOOST_TEST(dns(asking.ask(mx("b.example.org"))).mx.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_definite_answer_of_the_first_server_leaves_the_second_alone) {
  DnsServer first, second;
  auto options = local(first);
  options.dns.push_back(second.endpoint());
  BOOST_TEST(!dns(Asking(options).ask(mx("example.org"))).exists);
  BOOST_TEST(second.questions().empty());
}

BOOST_AUTO_TEST_CASE(a_server_that_was_silent_is_not_asked_first_again) {
  DnsServer dead, working;
  dead.conduct("a.example.org", DnsConduct::silent);
  auto options = local(dead);
  options.dns.push_back(working.endpoint());
  Asking asking(options);
  BOOST_TEST(!dns(asking.ask(mx("a.example.org"))).exists);
  BOOST_TEST(!dns(asking.ask(mx("b.example.org"))).exists);
  BOOST_TEST(working.questions() == std::vector<std::string>({"MX a.example.org", "MX b.example.org"}),
             boost::test_tools::per_element());
  BOOST_TEST(dead.questions().front() == "MX a.example.org");
  BOOST_TEST(dead.questions().back() == "MX a.example.org");
}

BOOST_AUTO_TEST_CASE(an_error_says_more_than_silence) {
  DnsServer refusing;
  refusing.conduct("example.org", DnsConduct::refused);
  RefusingPort nobody;
  auto options = local(refusing);
  options.dns.insert(options.dns.begin(), "127.0.0.1:" + std::to_string(nobody.port()));
  BOOST_TEST(failure(Asking(options).ask(mx("example.org"))).detail ==
             "the name server " + refusing.endpoint() + " answered REFUSED");
}

BOOST_AUTO_TEST_CASE(a_name_server_that_is_not_there_is_a_failure_at_once) {
  RefusingPort nobody;
  RealNetworkOptions options;
  options.dns = {"127.0.0.1:" + std::to_string(nobody.port())};
  const auto refused = failure(Asking(options).ask(mx("example.org")));
  BOOST_TEST((refused.kind == FailureKind::dns_failure));
  BOOST_TEST(refused.detail == "the name server " + options.dns.front() + " cannot be reached: connection refused");
}

BOOST_AUTO_TEST_CASE(a_name_server_that_no_datagram_can_leave_for_means_offline) {
  RealNetworkOptions options;
  // A broadcast address, which the system refuses before anything is sent.
  options.dns = {"255.255.255.255"};
  BOOST_TEST((failure(Asking(options).ask(mx("example.org"))).kind == FailureKind::offline));
}

BOOST_AUTO_TEST_CASE(a_question_in_flight_is_shared_and_its_answer_kept) {
  DnsServer server;
  server.mx("example.org", 10, "mx.example.org");
  Asking asking(server);
  asking.start(mx("example.org"));
  asking.start(mx("example.org"), plenty, 2);
  BOOST_TEST(dns(asking.next().answer).mx.size() == 1U);
  BOOST_TEST(dns(asking.next().answer).mx.size() == 1U);
  BOOST_TEST(dns(asking.ask(mx("example.org"))).mx.size() == 1U);
  BOOST_TEST(server.questions().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_failure_is_not_kept) {
  DnsServer server;
  server.conduct("example.org", DnsConduct::servfail);
  Asking asking(server);
  asking.ask(mx("example.org"));
  server.conduct("example.org", DnsConduct::proper);
  BOOST_TEST(!dns(asking.ask(mx("example.org"))).exists);
}

BOOST_AUTO_TEST_CASE(one_of_two_who_wait_may_go) {
  DnsServer server;
  server.mx("example.org", 10, "mx.example.org").conduct("example.org", DnsConduct::silent_once);
  Asking asking(server);
  const auto first = asking.start(mx("example.org"));
  const auto second = asking.start(mx("example.org"));
  asking.network().cancel({1, first});
  BOOST_TEST(asking.next().ticket.number == second);
}

BOOST_AUTO_TEST_CASE(localhost_is_this_machine_and_nobody_is_asked) {
  DnsServer server;
  Asking asking(server);
  BOOST_TEST(dns(asking.ask(addresses("localhost"))).addresses == std::vector<std::string>({"::1", "127.0.0.1"}),
             boost::test_tools::per_element());
  BOOST_TEST(dns(asking.ask(addresses("imap.localhost"))).addresses.size() == 2U);
  BOOST_TEST(dns(asking.ask(mx("localhost"))).mx.empty());
  BOOST_TEST(server.questions().empty());
}

BOOST_AUTO_TEST_CASE(a_name_that_cannot_exist_is_no_such_name) {
  DnsServer server;
  BOOST_TEST((failure(Asking(server).ask(mx(std::string(64, 'x') + ".org"))).kind == FailureKind::no_such_name));
}

BOOST_AUTO_TEST_SUITE_END()
