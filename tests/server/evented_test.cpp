// Connections of plain HTTP, which hold no thread while they wait.
#include <Poco/Net/ServerSocket.h>
#include <boost/test/unit_test.hpp>
#include <memory>
#include <unistd.h>

#include "server/published.h"

namespace mailconf::testing {
namespace {

const std::string head = "GET /mail/config-v1.1.xml HTTP/1.1\r\nHost: example.com\r\n";
const std::string question = head + "\r\n";
const std::string page = "GET /setup HTTP/1.1\r\nHost: example.com\r\n\r\n";

struct OneEventedDomain : Published {
  OneEventedDomain() : Published({definition({"example.com"})}, {.more = "[pages]\npath = \"/setup\"\n"}) {}
};

Wishes with_threads(int count) {
  Wishes wishes;
  wishes.limits.threads = count;
  return wishes;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(evented, OneEventedDomain)

BOOST_AUTO_TEST_CASE(requests_that_are_sent_at_once_are_answered_in_order) {
  Client client(http());
  client.send(question + "GET /nothing HTTP/1.1\r\nHost: example.com\r\n\r\n" + page + question);
  for (const int status : {200, 404, 200, 200}) BOOST_TEST(client.read().status == status);
}

BOOST_AUTO_TEST_CASE(a_request_may_come_in_pieces) {
  Client client(http());
  for (const char octet : question) client.send(std::string(1, octet));
  BOOST_TEST(client.read().status == 200);
}

BOOST_AUTO_TEST_CASE(more_pieces_may_follow_an_answer) {
  Client client(http());
  client.send(question + head);
  BOOST_TEST(client.read().status == 200);
  client.send("\r\n");
  BOOST_TEST(client.read().status == 200);
}

BOOST_AUTO_TEST_CASE(a_connection_goes_on_after_an_answer_that_took_time) {
  Client client(http());
  for (int i = 0; i < 3; ++i) {
    client.send(page);
    BOOST_TEST(client.read().header("content-type").starts_with("text/html"));
    client.send(question);
    BOOST_TEST(client.read().header("content-type").starts_with("text/xml"));
  }
}

BOOST_AUTO_TEST_CASE(a_request_without_plain_length_is_answered_and_the_connection_goes_on) {
  Client client(http());
  const std::string post = "POST /mail/config-v1.1.xml HTTP/1.1\r\nHost: example.com\r\n";
  client.send(question + post + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n" + question);
  for (const int status : {200, 405, 200}) BOOST_TEST(client.read().status == status);
}

BOOST_AUTO_TEST_CASE(a_client_that_waits_for_word_before_it_goes_on_gets_it) {
  Client client(http());
  client.send(
      "POST /mail/config-v1.1.xml HTTP/1.1\r\nHost: example.com\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  BOOST_TEST(client.read().status == 100);
  client.send("abc");
  BOOST_TEST(client.read().status == 405);
}

BOOST_AUTO_TEST_CASE(what_is_no_http_is_refused) { BOOST_TEST(ask(http(), "HELLO\r\n\r\n").status == 400); }

BOOST_AUTO_TEST_CASE(the_connection_ends_where_the_client_says_so) {
  Client client(http());
  client.send(head + "Connection: close\r\n\r\n");
  const auto reply = client.read();
  BOOST_TEST(reply.status == 200);
  BOOST_TEST(reply.header("connection") == "Close");
  BOOST_TEST(client.is_closed_by_the_server());
}

BOOST_AUTO_TEST_CASE(the_connection_of_an_old_client_ends_after_the_answer) {
  Client client(http());
  client.send("GET /mail/config-v1.1.xml HTTP/1.0\r\nHost: example.com\r\n\r\n");
  const auto reply = client.read();
  BOOST_TEST(reply.version == "HTTP/1.0");
  BOOST_TEST(client.is_closed_by_the_server());
}

BOOST_AUTO_TEST_CASE(what_follows_the_last_request_costs_nobody_the_answer) {
  Client client(http());
  client.send(head + "Connection: close\r\n\r\n" + std::string(100'000, 'x'));
  const auto reply = client.read();
  BOOST_TEST(reply.status == 200);
  BOOST_TEST(reply.body.ends_with("</clientConfig>\n"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(evented_limits)

BOOST_AUTO_TEST_CASE(row_103_half_sent_requests_and_idle_connections_cost_no_thread) {
  const Published published({definition({"example.com"})}, with_threads(2));
  std::vector<std::unique_ptr<Client>> others;
  for (int i = 0; i < 100; ++i) {
    others.push_back(std::make_unique<Client>(published.http()));
    others.back()->send(i % 2 == 0 ? question : head);
  }
  BOOST_TEST(published.get("/mail/config-v1.1.xml", "example.com").status == 200);
}

BOOST_AUTO_TEST_CASE(connections_beyond_the_limit_are_closed_at_once) {
  Wishes wishes;
  wishes.limits.connections = 2;
  const Published published({definition({"example.com"})}, wishes);
  Client first(published.http());
  Client second(published.http());
  for (auto* client : {&first, &second}) {
    client->send(question);
    BOOST_TEST(client->read().status == 200);
  }
  Client third(published.http());
  third.send(question);
  BOOST_TEST(third.is_closed_by_the_server());
}

BOOST_AUTO_TEST_CASE(a_request_that_takes_time_counts_once) {
  Wishes wishes{.server = "trusted-proxies = [\"127.0.0.0/8\"]", .more = "[pages]\npath = \"/setup\"\n", .limits = {}};
  wishes.limits.client = {.requests_per_second = 0.001, .burst = 3, .connections = 2, .remembered = 100};
  const Published published({definition({"example.com"})}, wishes);
  const auto status = [&] { return published.get("/setup", "example.com", "X-Forwarded-For: 192.0.2.1\r\n").status; };
  for (int i = 0; i < 3; ++i) BOOST_TEST(status() == 200);
  BOOST_TEST(status() == 429);
}

BOOST_AUTO_TEST_CASE(sockets_that_were_handed_over_listen_for_the_next_server) {
  const Poco::Net::ServerSocket http(Poco::Net::SocketAddress("127.0.0.1", 0));
  const Poco::Net::ServerSocket admin(Poco::Net::SocketAddress("127.0.0.1", 0));
  for (int round = 0; round < 2; ++round) {
    Wishes wishes;
    wishes.surroundings.sockets = {{"http", ::dup(http.impl()->sockfd())}, {"admin", ::dup(admin.impl()->sockfd())}};
    const Published published({definition({"example.com"})}, wishes);
    BOOST_TEST(ask(http.address(), question).status == 200);
    BOOST_TEST(ask(admin.address(), "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").status == 200);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
