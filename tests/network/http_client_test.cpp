#include <boost/test/unit_test.hpp>

#include "network/asking.h"
#include "protocol/limits.h"

using namespace mailconf;
using namespace mailconf::testing;

namespace {

// One plain HTTP server on loopback, and a question to it.
struct Web {
  explicit Web(TcpServer::Script script) : server(std::move(script)) {}
  Answer ask(Duration within = plenty) {
    return asking.ask(get("http://127.0.0.1:" + std::to_string(server.port()) + "/mail/config-v1.1.xml?a=b"), within);
  }

  DnsServer dns;
  TcpServer server;
  Asking asking{dns};
};

// Sends `bytes` after the request, then waits for the client to close.
TcpServer::Script after_request(std::string bytes) {
  return [bytes = std::move(bytes)](Conversation& client) {
    client.read_request();
    client.send(bytes);
    client.wait_for_close();
  };
}

}  // namespace

BOOST_AUTO_TEST_SUITE(http_client)

BOOST_AUTO_TEST_CASE(one_request_one_answer) {
  std::string request;
  Web web([&](Conversation& client) {
    request = client.read_request();
    client.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nnone");
    client.wait_for_close();
  });
  const auto answer = http(web.ask());
  BOOST_TEST(answer.status == 200);
  BOOST_TEST(answer.content_type == "text/plain");
  BOOST_TEST(answer.body == "none");
  BOOST_TEST(answer.body_sha256 == "FAvtv5w/bVaphG0rpwiHmGg/TaDCSCMTNuagVnnk/f4=");
  BOOST_TEST(web.server.wait_until_open(0));
  BOOST_TEST(request.starts_with("GET /mail/config-v1.1.xml?a=b HTTP/1.1\n"), request);
}

BOOST_AUTO_TEST_CASE(E15_a_body_is_posted) {
  std::string request;
  std::string body;
  Web web([&](Conversation& client) {
    request = client.read_request();
    body = client.read_line();
    client.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    client.wait_for_close();
  });
  HttpQuestion question = get("http://127.0.0.1:" + std::to_string(web.server.port()) + "/autodiscover.xml");
  question.body = "<Autodiscover/>\n";
  BOOST_TEST(http(web.asking.ask(question)).body_sha256 == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  BOOST_TEST(request.starts_with("POST /autodiscover.xml HTTP/1.1\n"), request);
  BOOST_TEST(request.find("Content-Length: 16\n") != request.npos, request);
  BOOST_TEST(body == "<Autodiscover/>");
}

BOOST_AUTO_TEST_CASE(a_redirect_is_told_and_not_followed) {
  Web web(after_request("HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example/\r\nContent-Length: 0\r\n\r\n"));
  const auto answer = http(web.ask());
  BOOST_TEST(answer.status == 302);
  BOOST_TEST(answer.location == "https://elsewhere.example/");
}

BOOST_AUTO_TEST_CASE(a_body_may_end_with_the_connection) {
  Web web([](Conversation& client) {
    client.read_request();
    client.send("HTTP/1.1 200 OK\r\n\r\nall of it");
  });
  BOOST_TEST(http(web.ask()).body == "all of it");
}

BOOST_AUTO_TEST_CASE(H18_an_answer_that_dribbles_is_cut_by_the_total_time) {
  Web web([](Conversation& client) {
    client.read_request();
    client.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    // Always sooner than a time limit for a single read.
    while (!client.closes_within(std::chrono::milliseconds(5))) client.send("x");
  });
  const auto late = failure(web.ask(moment));
  BOOST_TEST((late.kind == FailureKind::timed_out));
  BOOST_TEST(late.detail.ends_with("had not come to its end"), late.detail);
}

BOOST_AUTO_TEST_CASE(a_server_that_says_nothing_is_cut_and_the_phase_told) {
  Web web([](Conversation& client) { client.wait_for_close(); });
  const auto late = failure(web.ask(moment));
  BOOST_TEST((late.kind == FailureKind::timed_out));
  BOOST_TEST(late.detail == "no answer of 127.0.0.1:" + std::to_string(web.server.port()) + " to the request");
}

BOOST_AUTO_TEST_CASE(a_server_that_stops_in_the_middle_is_cut_and_the_phase_told) {
  Web web(after_request("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"));
  const auto late = failure(web.ask(moment));
  BOOST_TEST((late.kind == FailureKind::timed_out));
  BOOST_TEST(late.detail ==
             "the answer of 127.0.0.1:" + std::to_string(web.server.port()) + " had not come to its end");
}

BOOST_AUTO_TEST_CASE(a_reset_is_a_closed_connection) {
  Web web([](Conversation& client) {
    client.read_request();
    client.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
    client.reset();
  });
  BOOST_TEST((failure(web.ask()).kind == FailureKind::closed));
}

BOOST_AUTO_TEST_CASE(a_connection_closed_without_a_word_is_a_failure) {
  Web web([](Conversation& client) { client.read_request(); });
  BOOST_TEST((failure(web.ask()).kind == FailureKind::closed));
}

BOOST_AUTO_TEST_CASE(a_header_beyond_the_limit_is_refused) {
  Web web(after_request("HTTP/1.1 200 OK\r\nX-Long: " + std::string(2 * limits::http_header, 'x') + "\r\n\r\n"));
  BOOST_TEST((failure(web.ask()).kind == FailureKind::too_large));
}

BOOST_AUTO_TEST_CASE(a_body_beyond_the_limit_is_refused) {
  Web web(after_request("HTTP/1.1 200 OK\r\n\r\n" + std::string(2 * limits::http_body, 'x')));
  BOOST_TEST((failure(web.ask()).kind == FailureKind::too_large));
}

BOOST_AUTO_TEST_CASE(what_is_not_HTTP_is_nonsense) {
  Web web(after_request("220 mail.example.org ESMTP\r\n"));
  BOOST_TEST((failure(web.ask()).kind == FailureKind::nonsense));
}

BOOST_AUTO_TEST_SUITE_END()
