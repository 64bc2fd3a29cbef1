// What one client may cost the others.
#include <boost/test/unit_test.hpp>
#include <memory>

#include "server/published.h"

namespace mailconf::testing {
namespace {

using namespace std::chrono_literals;

constexpr auto config = "/mail/config-v1.1.xml";
const std::string request_line = "GET /mail/config-v1.1.xml HTTP/1.1\r\nHost: example.com\r\n";

struct OneDomain : Published {
  OneDomain() : Published({definition({"example.com"})}) {}
};

Wishes hurried() {
  Wishes wishes;
  wishes.limits.request_time = 300ms;
  return wishes;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(sizes, OneDomain)

BOOST_AUTO_TEST_CASE(a_long_request_target_is_refused) {
  const auto target = std::string(config) + "?x=" + std::string(5000, 'x');
  const auto reply = get(target, "example.com");
  BOOST_TEST(reply.status == 414);
  BOOST_TEST(reply.header("connection") == "Close");
}

BOOST_AUTO_TEST_CASE(a_huge_header_is_refused) {
  std::string fields;
  for (int i = 0; i < 5; ++i) fields += "X-" + std::to_string(i) + ": " + std::string(4000, 'x') + "\r\n";
  BOOST_TEST(ask(http(), request_line + fields + "\r\n").status == 431);
}

BOOST_AUTO_TEST_CASE(too_many_fields_are_refused) {
  std::string fields;
  for (int i = 0; i < 70; ++i) fields += "X-" + std::to_string(i) + ": x\r\n";
  BOOST_TEST(ask(http(), request_line + fields + "\r\n").status == 431);
}

BOOST_AUTO_TEST_CASE(a_header_field_without_end_is_cut_off) {
  Client client(http());
  client.send(request_line + "X: " + std::string(100'000, 'x'));
  const auto status = client.read().status;
  BOOST_TEST((status == 0 || status == 400));
}

BOOST_AUTO_TEST_CASE(a_large_body_is_refused_before_it_is_read) {
  Client client(http());
  client.send("POST /mail/config-v1.1.xml HTTP/1.1\r\nHost: example.com\r\nContent-Length: 2000000\r\n\r\n" +
              std::string(2'000'000, 'x'));
  BOOST_TEST(client.read().status == 413);
}

BOOST_AUTO_TEST_CASE(a_large_chunked_body_is_refused) {
  Client client(http());
  client.send(
      "POST /mail/config-v1.1.xml HTTP/1.1\r\nHost: example.com\r\nTransfer-Encoding: chunked\r\n\r\n20000\r\n" +
      std::string(0x20000, 'x') + "\r\n0\r\n\r\n");
  BOOST_TEST(client.read().status == 413);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(times)

BOOST_AUTO_TEST_CASE(row_103_a_slow_client_blocks_nobody_and_is_cut_off) {
  const Published published({definition({"example.com"})}, hurried());
  Client slow(published.http());
  slow.send("GET /mail/conf");
  BOOST_TEST(published.get(config, "example.com").status == 200);
  BOOST_TEST(slow.is_closed_by_the_server());
}

BOOST_AUTO_TEST_CASE(row_103_a_client_that_sends_an_octet_now_and_then_is_cut_off) {
  const Published published({definition({"example.com"})}, hurried());
  Client dribbler(published.http());
  // Each octet arrives in time; all of them together take for ever.
  const auto dribble = [&] {
    dribbler.send(request_line + "X: ");
    for (;;) {
      dribbler.send("x");
      published.get(config, "example.com");
    }
  };
  BOOST_CHECK_THROW(dribble(), Poco::Exception);
}

BOOST_AUTO_TEST_CASE(row_103_silent_connections_take_no_thread) {
  Wishes wishes;
  wishes.limits.threads = 2;
  const Published published({definition({"example.com"})}, wishes);
  std::vector<std::unique_ptr<Client>> silent;
  for (int i = 0; i < 50; ++i) silent.push_back(std::make_unique<Client>(published.http()));
  BOOST_TEST(published.get(config, "example.com").status == 200);
}

BOOST_AUTO_TEST_CASE(row_103_many_half_sent_requests_leave_room_for_others) {
  const Published published({definition({"example.com"})});
  std::vector<std::unique_ptr<Client>> slow;
  for (int i = 0; i < 300; ++i) {
    slow.push_back(std::make_unique<Client>(published.http()));
    slow.back()->send("GET / HTTP/1.1\r\nHost: ");
  }
  BOOST_TEST(published.get(config, "example.com").status == 200);
}

BOOST_AUTO_TEST_CASE(a_connection_serves_a_bounded_number_of_requests) {
  Wishes wishes;
  wishes.limits.requests_per_connection = 3;
  const Published published({definition({"example.com"})}, wishes);
  Client client(published.http());
  for (int i = 0; i < 3; ++i) {
    client.send(request_line + "\r\n");
    BOOST_TEST(client.read().status == 200);
  }
  BOOST_TEST(client.is_closed_by_the_server());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
