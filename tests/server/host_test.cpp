// Requests that two readers could understand in two ways are refused.
#include "server/host.h"

#include <boost/test/unit_test.hpp>

#include "server/published.h"

namespace mailconf::testing {
namespace {

const std::string request_line = "GET /mail/config-v1.1.xml HTTP/1.1\r\n";

struct OneDomain : Published {
  OneDomain() : Published({definition({"example.com"})}) {}
  [[nodiscard]] int status_of(const std::string& octets) const { return ask(http(), octets).status; }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(hosts, OneDomain)

BOOST_AUTO_TEST_CASE(row_33_two_host_fields_are_refused) {
  BOOST_TEST(status_of(request_line + "Host: example.com\r\nHost: example.com\r\n\r\n") == 400);
  BOOST_TEST(status_of(request_line + "Host: example.com\r\nhost: example.net\r\n\r\n") == 400);
}

BOOST_AUTO_TEST_CASE(row_33_a_host_field_with_illegal_characters_is_refused) {
  for (const std::string host :
       {"exa mple.com", "example.com/x", "a@example.com", "example.com:x", "example.com:999999", "[::1", "[::g]",
        "<example.com>", "example.com,example.net", "example\x01.com", "\xfe.example"}) {
    BOOST_TEST_CONTEXT(host) { BOOST_TEST(status_of(request_line + "Host: " + host + "\r\n\r\n") == 400); }
  }
}

BOOST_AUTO_TEST_CASE(row_33_http_1_1_without_host_is_refused) { BOOST_TEST(status_of(request_line + "\r\n") == 400); }

BOOST_AUTO_TEST_CASE(row_33_a_host_field_with_a_space_before_the_colon_is_refused) {
  BOOST_TEST(status_of(request_line + "Host : example.com\r\n\r\n") == 400);
  BOOST_TEST(status_of(request_line + "Host: example.com\r\nHost : example.net\r\n\r\n") == 400);
}

BOOST_AUTO_TEST_CASE(a_request_with_two_lengths_is_refused) {
  const std::string post = "POST /mail/config-v1.1.xml HTTP/1.1\r\nHost: example.com\r\n";
  BOOST_TEST(status_of(post + "Content-Length: 0\r\nContent-Length: 5\r\n\r\n") == 400);
  BOOST_TEST(status_of(post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n") == 400);
  BOOST_TEST(status_of(post + "Transfer-Encoding: gzip\r\n\r\n") == 501);
}

BOOST_AUTO_TEST_CASE(a_chunked_body_is_read_to_its_end) {
  Client client(http());
  client.send(
      "POST /mail/config-v1.1.xml HTTP/1.1\r\nHost: example.com\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3\r\nabc\r\n0\r\n\r\nGET /mail/config-v1.1.xml HTTP/1.1\r\nHost: example.com\r\n\r\n");
  BOOST_TEST(client.read().status == 405);
  BOOST_TEST(client.read().status == 200);
}

BOOST_AUTO_TEST_CASE(nonsense_is_answered_or_closed_and_hurts_nobody) {
  for (const std::string octets :
       {"\x16\x03\x01\x02", "GET\r\n\r\n", "GET / HTTP/9.9\r\nHost: x\r\n\r\n", "\r\n\r\n\r\n\r\n",
        "GET mail HTTP/1.1\r\nHost: x\r\n\r\n", "GET /nothing HTTP/1.1\r\nHost: =?x?q?y?=\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n"}) {
    Client client(http());
    client.send(octets + std::string(octets.size() < 8 ? "\r\n\r\n" : ""));
    const auto status = client.read().status;
    BOOST_TEST_CONTEXT(octets) { BOOST_TEST((status == 0 || (status >= 400 && status != 500))); }
  }
  BOOST_TEST(get("/mail/config-v1.1.xml", "example.com").status == 200);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(host_parsing)

BOOST_AUTO_TEST_CASE(port_case_and_trailing_dot_are_dropped) {
  BOOST_TEST(server::parse_host("Example.COM.:8443")->text == "example.com");
  BOOST_TEST(server::parse_host("example.com:")->text == "example.com");
  BOOST_TEST(server::parse_host("[2001:DB8::1]:443")->text == "[2001:db8::1]");
}

BOOST_AUTO_TEST_CASE(address_literals_and_single_labels_are_no_domains) {
  for (const auto text : {"127.0.0.1", "localhost", "[::1]", "under_score.example", ""}) {
    const auto host = server::parse_host(text);
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST_REQUIRE(host.has_value());
      BOOST_TEST(!host->domain.has_value());
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
