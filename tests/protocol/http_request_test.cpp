#include <boost/test/unit_test.hpp>

#include "protocol/http_exchange.h"

using namespace mailconf;

namespace {

std::string request_line(const Url& url) {
  const std::string request = http_request({url});
  return request.substr(0, request.find("\r\n"));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(http_requests)

BOOST_AUTO_TEST_CASE(a_request_is_a_get_for_one_use_of_the_connection) {
  BOOST_TEST(http_request({*Url::parse("https://autoconfig.example.org/mail/config-v1.1.xml")}) ==
             "GET /mail/config-v1.1.xml HTTP/1.1\r\n"
             "Host: autoconfig.example.org\r\n"
             "User-Agent: autoconfig\r\n"
             "Accept: text/xml, application/xml, application/json;q=0.9, */*;q=0.1\r\n"
             "Connection: close\r\n"
             "\r\n");
}

BOOST_AUTO_TEST_CASE(E14_no_request_carries_credentials) {
  BOOST_TEST(!Url::parse("https://user:secret@example.org/autodiscover/autodiscover.xml"));
  const auto url = *Url::parse("https://example.org/autodiscover/autodiscover.xml");
  for (const char* body : {"", "<a/>"}) BOOST_TEST(http_request({url, body}).find("uthorization") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(E15_what_is_to_be_sent_makes_a_post_with_the_type_as_its_readers_compare_it) {
  BOOST_TEST(http_request({*Url::parse("https://example.org/autodiscover/autodiscover.xml"), "<a/>"}) ==
             "POST /autodiscover/autodiscover.xml HTTP/1.1\r\n"
             "Host: example.org\r\n"
             "User-Agent: autoconfig\r\n"
             "Accept: text/xml, application/xml, application/json;q=0.9, */*;q=0.1\r\n"
             "Connection: close\r\n"
             "Content-Type: text/xml; charset=utf-8\r\n"
             "Content-Length: 4\r\n"
             "\r\n"
             "<a/>");
}

BOOST_AUTO_TEST_CASE(the_query_is_sent_and_the_port_named_when_it_is_not_the_usual_one) {
  const std::string request = http_request({*Url::parse("http://[2001:db8::1]:8080?a=b%40c")});
  BOOST_TEST(request.starts_with("GET /?a=b%40c HTTP/1.1\r\nHost: [2001:db8::1]:8080\r\n"));
}

BOOST_AUTO_TEST_CASE(octets_that_end_a_request_line_are_encoded) {
  Url url;
  url.host = "example.org";
  url.port = 443;
  url.path = "/a b\r\nX: y";
  url.query = std::string("q=\t\0\x7f\xc3\xa4", 7);
  BOOST_TEST(request_line(url) == "GET /a%20b%0D%0AX:%20y?q=%09%00%7F%C3%A4 HTTP/1.1");
}

BOOST_AUTO_TEST_SUITE_END()
