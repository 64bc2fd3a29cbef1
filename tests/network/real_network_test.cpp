#include "network/real_network.h"

#include <boost/test/unit_test.hpp>
#include <thread>

#include "network/asking.h"

using namespace mailconf;
using namespace mailconf::testing;

namespace {

std::string refusal_of(const RealNetworkOptions& options) {
  const auto network = make_real_network(options);
  return network ? "accepted" : network.error().text();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(real_network)

BOOST_AUTO_TEST_CASE(bad_options_are_refused_with_their_name) {
  RealNetworkOptions dns;
  dns.dns = {"dns.example.org"};
  BOOST_TEST(refusal_of(dns) == "dns: \"dns.example.org\" is not \"address\" or \"address:port\"");
  RealNetworkOptions connect_to;
  connect_to.connect_to = {{"imap.example.org", 993, "mail.example.org", 993}};
  BOOST_TEST(refusal_of(connect_to) == "connect_to: \"mail.example.org\" is no address with a port");
  RealNetworkOptions ca_file;
  ca_file.ca_file = "/nowhere/ca.pem";
  BOOST_TEST(refusal_of(ca_file) == "/nowhere/ca.pem: cannot be read as a PEM file with CA certificates");
}

BOOST_AUTO_TEST_CASE(a_question_whose_deadline_has_passed_is_answered_at_once_and_once) {
  DnsServer dns;
  dns.conduct("example.org", DnsConduct::silent);
  Asking asking(dns);
  auto& network = asking.network();
  network.start({1, 1}, DnsQuestion{RecordType::mx, "example.org"}, network.now());
  const auto completed = network.wait_until(network.now() + plenty);
  BOOST_TEST_REQUIRE(completed.size() == 1U);
  BOOST_TEST((completed.front().ticket == Ticket{1, 1}));
  BOOST_TEST(network.wait_until(network.now() + moment).empty());
}

BOOST_AUTO_TEST_CASE(waiting_ends_when_time_is_up) {
  DnsServer dns;
  Asking asking(dns);
  auto& network = asking.network();
  const auto until = network.now() + moment;
  BOOST_TEST(network.wait_until(until).empty());
  BOOST_TEST((network.now() >= until));
}

BOOST_AUTO_TEST_CASE(cancelling_closes_the_socket_at_once_and_brings_no_answer) {
  DnsServer dns;
  TcpServer server([](Conversation& client) { client.wait_for_close(); });
  Asking asking(dns);
  const auto number = asking.start(get("http://127.0.0.1:" + std::to_string(server.port()) + "/"));
  BOOST_TEST(server.wait_until_open(1));
  asking.network().cancel({1, number});
  // The loop does not run: only cancel() can have closed it.
  BOOST_TEST(server.wait_until_open(0));
  BOOST_TEST(asking.network().wait_until(asking.network().now() + moment).empty());
}

BOOST_AUTO_TEST_CASE(an_answer_that_has_come_but_was_not_fetched_can_still_be_cancelled) {
  DnsServer dns;
  auto options = local(dns);
  options.allow_private = false;
  Asking asking(options);
  // Settled within start(): there is nothing to ask anybody for.
  const auto number = asking.start(get("http://127.0.0.1/"));
  asking.network().cancel({1, number});
  BOOST_TEST(asking.network().wait_until(asking.network().now() + moment).empty());
}

BOOST_AUTO_TEST_CASE(cancelling_what_is_not_there_does_nothing) {
  DnsServer dns;
  Asking asking(dns);
  asking.network().cancel({7, 7});
  BOOST_TEST(!mailconf::testing::dns(asking.ask(DnsQuestion{RecordType::mx, "example.org"})).exists);
}

BOOST_AUTO_TEST_CASE(another_thread_wakes_the_one_that_waits) {
  DnsServer dns;
  Asking asking(dns);
  auto& network = asking.network();
  std::thread other([&] { network.wake(); });
  const auto until = network.now() + plenty;
  BOOST_TEST(network.wait_until(until).empty());
  BOOST_TEST((network.now() < until));
  other.join();
}

BOOST_AUTO_TEST_CASE(a_wake_before_the_waiting_is_not_lost_and_counts_once) {
  DnsServer dns;
  Asking asking(dns);
  auto& network = asking.network();
  network.wake();
  const auto until = network.now() + moment;
  BOOST_TEST(network.wait_until(until + plenty).empty());
  BOOST_TEST((network.now() < until));
  network.wait_until(until);
  BOOST_TEST((network.now() >= until));
}

BOOST_AUTO_TEST_CASE(a_network_may_end_with_questions_open) {
  DnsServer dns;
  TcpServer server([](Conversation& client) { client.wait_for_close(); });
  const SilentPort silent;
  dns.conduct("example.org", DnsConduct::silent);
  {
    Asking asking(dns);
    asking.start(DnsQuestion{RecordType::mx, "example.org"});
    asking.start(get("http://example.org/"));
    for (int i = 0; i < 9; ++i)
      asking.start(get("http://127.0.0.1:" + std::to_string(server.port()) + "/" + std::to_string(i)));
    asking.start(ProbeQuestion{ServerType::imap, "127.0.0.1", silent.port(), SocketType::ssl});
    asking.network().wait_until(asking.network().now() + moment);
    BOOST_TEST(server.wait_until_open(4));
  }
  BOOST_TEST(server.wait_until_open(0));
}

BOOST_AUTO_TEST_SUITE_END()
