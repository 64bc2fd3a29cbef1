// A graceful end.
#include <boost/test/unit_test.hpp>
#include <thread>

#include "server/published.h"

namespace mailconf::testing {
namespace {

using namespace std::chrono_literals;

const std::string request = "GET /mail/config-v1.1.xml HTTP/1.1\r\nHost: example.com\r\n\r\n";

Wishes short_drain() {
  Wishes wishes;
  wishes.limits.drain_time = 300ms;
  wishes.limits.requests_per_connection = 1'000'000;
  return wishes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(stop)

BOOST_AUTO_TEST_CASE(row_104_a_request_that_has_arrived_is_answered) {
  Published published({definition({"example.com"})});
  Client client(published.http());
  client.send(request);
  BOOST_TEST(client.read().status == 200);
  client.send(request);
  published.server->stop();
  BOOST_TEST(client.read().status == 200);
  BOOST_TEST(client.is_closed_by_the_server());
}

BOOST_AUTO_TEST_CASE(row_104_idle_connections_do_not_delay_the_end) {
  Published published({definition({"example.com"})});
  Client idle(published.http());
  idle.send(request);
  BOOST_TEST(idle.read().status == 200);
  published.server->stop();
  BOOST_TEST(idle.is_closed_by_the_server());
}

BOOST_AUTO_TEST_CASE(row_104_a_client_that_never_reads_does_not_delay_the_end) {
  Published published({definition({"example.com"})}, short_drain());
  Client stubborn(published.http());
  // More answers than the buffers of both ends hold.
  bool cut_off = false;
  std::thread sender([&] {
    try {
      for (;;) stubborn.send(request);
    } catch (const Poco::Exception&) {
      cut_off = true;
    }
  });
  published.server->stop();
  sender.join();
  BOOST_TEST(cut_off);
}

BOOST_AUTO_TEST_CASE(nobody_is_accepted_afterwards) {
  Published published({definition({"example.com"})});
  const auto address = published.http();
  published.server.reset();
  BOOST_CHECK_THROW(Client{address}, Poco::Exception);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
