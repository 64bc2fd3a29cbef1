#include "protocol/limits.h"

#include <boost/test/unit_test.hpp>

#include "network/asking.h"

using namespace mailconf;
using namespace mailconf::testing;

namespace {

void hold(Conversation& client) { client.wait_for_close(); }

HttpQuestion page(const std::string& address, const TcpServer& server, int number) {
  return get("http://" + address + ":" + std::to_string(server.port()) + "/" + std::to_string(number));
}

Failure no_socket_for(const std::string& host) {
  return {FailureKind::timed_out, "all sockets were taken; no connection to " + host + " was tried"};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(socket_limits)

BOOST_AUTO_TEST_CASE(four_connections_go_to_one_address_and_the_others_wait) {
  DnsServer dns;
  TcpServer server(hold);
  Asking asking(dns);
  for (int i = 0; i < 4; ++i) asking.start(page("127.0.0.1", server, i));
  for (int i = 4; i < 10; ++i) asking.start(page("127.0.0.1", server, i), moment);
  for (int i = 4; i < 10; ++i) BOOST_TEST((failure(asking.next().answer) == no_socket_for("127.0.0.1")));
  BOOST_TEST(server.wait_until_open(limits::sockets_per_address));
}

BOOST_AUTO_TEST_CASE(who_waits_goes_on_when_another_has_finished) {
  DnsServer dns;
  TcpServer server([](Conversation& client) {
    client.read_request();
    client.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    client.wait_for_close();
  });
  Asking asking(dns);
  for (int i = 0; i < 30; ++i) asking.start(page("127.0.0.1", server, i));
  for (int i = 0; i < 30; ++i) BOOST_TEST(http(asking.next().answer).status == 200);
}

BOOST_AUTO_TEST_CASE(a_resolution_has_sixteen_sockets_at_once_and_leaves_two_to_the_names) {
  constexpr int connections = static_cast<int>(limits::sockets_per_resolution) - 2;
  DnsServer dns;
  TcpServer server(hold, "0.0.0.0");
  Asking asking(dns);
  const auto address = [](int i) { return "127.0.1." + std::to_string(i / 4 + 1); };
  for (int i = 0; i < connections; ++i) asking.start(page(address(i), server, i));
  for (int i = connections; i < 40; ++i) asking.start(page(address(i), server, i), moment);
  for (int i = connections; i < 40; ++i) BOOST_TEST((failure(asking.next().answer) == no_socket_for(address(i))));
  BOOST_TEST(server.wait_until_open(connections));
}

BOOST_AUTO_TEST_CASE(resolutions_have_sockets_of_their_own) {
  DnsServer dns;
  TcpServer server(hold);
  Asking asking(dns);
  for (const std::uint32_t owner : {1U, 2U})
    for (int i = 0; i < 4; ++i) asking.start(page("127.0.0.1", server, i), plenty, owner);
  asking.network().wait_until(asking.network().now() + moment);
  BOOST_TEST(server.wait_until_open(8));
}

BOOST_AUTO_TEST_CASE(losers_of_a_race_are_closed) {
  DnsServer dns;
  TcpServer server(
      [](Conversation& client) {
        client.read_request();
        client.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        client.wait_for_close();
      },
      "127.0.0.1");
  const SilentPort silent("127.0.0.2", server.port());
  dns.a("www.example.org", "127.0.0.2").a("www.example.org", "127.0.0.1");
  Asking asking(dns);
  // More races than sockets: none could be won if the losers kept theirs.
  for (int i = 0; i < 20; ++i) asking.start(get("http://www.example.org:" + std::to_string(server.port()) + "/"));
  for (int i = 0; i < 20; ++i) BOOST_TEST(http(asking.next().answer).status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
