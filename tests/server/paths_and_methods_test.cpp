// Every path that clients ask for, in every spelling, and every method.
#include <boost/test/unit_test.hpp>

#include "server/published.h"

namespace mailconf::testing {
namespace {

constexpr auto config = "/mail/config-v1.1.xml";
constexpr auto host = "autoconfig.example.com";

struct OneDomain : Published {
  OneDomain() : Published({definition({"example.com"})}), document(get(config, host).body) {}
  const std::string document;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(paths, OneDomain)

BOOST_AUTO_TEST_CASE(row_19_letter_case_does_not_count_and_nothing_may_follow) {
  for (const std::string path : {"/Mail/Config-v1.1.xml", "/MAIL/CONFIG-V1.1.XML", "/%6Dail/config-v1.1.xml"})
    BOOST_TEST(get(path, host).body == document);
  for (const std::string path :
       {"/mail/config-v1.1.xmlfoo", "/mail/config-v1.1.xml/foo", "/x/mail/config-v1.1.xml", "/mail"})
    BOOST_TEST(get(path, host).status == 404);
}

BOOST_AUTO_TEST_CASE(row_20_doubled_and_trailing_slashes_do_not_count) {
  for (const std::string path : {"/mail/config-v1.1.xml/", "//mail//config-v1.1.xml", "/mail/config-v1.1.xml//"})
    BOOST_TEST(get(path, host).body == document);
}

BOOST_AUTO_TEST_CASE(row_21_the_well_known_path_serves_the_same_bytes) {
  BOOST_TEST(get("/.well-known/autoconfig/mail/config-v1.1.xml", "example.com").body == document);
  BOOST_TEST(get("/.well-known/autoconfig/mail/config-v1.1.xml?emailaddress=a@example.com", "example.com").body ==
             get("/mail/config-v1.1.xml?emailaddress=a@example.com", host).body);
}

BOOST_AUTO_TEST_CASE(row_22_the_path_of_nine_serves_the_same_bytes) {
  BOOST_TEST(get("/v1.1/mail/config-v1.1.xml", host).body == document);
  BOOST_TEST(get("/.well-known/mail-v1.xml", host).body == document);
}

BOOST_AUTO_TEST_CASE(row_23_a_private_database_serves_the_domain_of_the_path) {
  for (const std::string path :
       {"/v1.1/example.com", "/v1.1/Example.COM", "/v1.1/example.com/?emailaddress=a@example.com"})
    BOOST_TEST(get(path, "ispdb.elsewhere.example").body == document);
  for (const std::string path : {"/v1.1/elsewhere.example", "/v1.1/", "/v1.1/a@example.com", "/v1.1/%2e%2e"})
    BOOST_TEST(get(path, host).status == 404);
}

BOOST_AUTO_TEST_CASE(row_24_head_has_the_headers_of_get_and_no_body) {
  Client client(http());
  const std::string rest = " /mail/config-v1.1.xml HTTP/1.1\r\nHost: autoconfig.example.com\r\n\r\n";
  client.send("HEAD" + rest + "GET" + rest);
  const auto head = client.read(true);
  const auto full = client.read();
  BOOST_TEST(head.status == 200);
  BOOST_TEST(full.body == document);
  for (const auto name : {"content-length", "content-type", "etag", "cache-control", "vary"})
    BOOST_TEST(head.header(name) == full.header(name));
}

BOOST_AUTO_TEST_CASE(row_25_web_pages_may_read_public_documents) {
  const auto reply = request("OPTIONS", config, host, "Origin: https://webmail.example\r\n");
  BOOST_TEST(reply.status == 204);
  BOOST_TEST(reply.header("allow") == "GET, HEAD, OPTIONS");
  BOOST_TEST(reply.header("access-control-allow-origin") == "*");
  BOOST_TEST(reply.header("access-control-allow-methods") == "GET, HEAD, OPTIONS");
  BOOST_TEST(reply.body.empty());
  BOOST_TEST(get(config, host).header("access-control-allow-origin") == "*");
  BOOST_TEST(request("OPTIONS", "*", host).status == 204);
  BOOST_TEST(request("OPTIONS", "/nothing", host).status == 404);
}

BOOST_AUTO_TEST_CASE(row_26_the_document_can_only_be_read) {
  for (const std::string method : {"POST", "PUT", "DELETE", "PATCH", "BREW"}) {
    const auto reply = request(method, config, host, "Content-Length: 0\r\n");
    BOOST_TEST(reply.status == 405);
    BOOST_TEST(reply.header("allow") == "GET, HEAD, OPTIONS");
  }
  BOOST_TEST(request("get", config, host).status == 405);
}

BOOST_AUTO_TEST_CASE(row_26_a_posted_body_is_no_second_request) {
  Client client(http());
  const std::string hidden = "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n";
  client.send("POST /mail/config-v1.1.xml HTTP/1.1\r\nHost: autoconfig.example.com\r\nContent-Length: " +
              std::to_string(hidden.size()) + "\r\n\r\n" + hidden +
              "GET /mail/config-v1.1.xml HTTP/1.1\r\nHost: autoconfig.example.com\r\n\r\n");
  BOOST_TEST(client.read().status == 405);
  BOOST_TEST(client.read().body == document);
}

BOOST_AUTO_TEST_CASE(row_105_an_unknown_path_gets_a_small_text) {
  for (const std::string path : {"/favicon.ico", "/mail/../mail/config-v1.1.xml", "/healthz"}) {
    const auto reply = get(path, host);
    BOOST_TEST(reply.status == 404);
    BOOST_TEST(reply.header("content-type").starts_with("text/plain"));
    BOOST_TEST(reply.body.size() < 200U);
  }
}

BOOST_AUTO_TEST_CASE(health_is_told_to_the_administrator_only) {
  const auto reply = ask(admin(), "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  BOOST_TEST(reply.status == 200);
  BOOST_TEST(reply.body == "ok\n");
  BOOST_TEST(ask(admin(), "GET /mail/config-v1.1.xml HTTP/1.1\r\nHost: example.com\r\n\r\n").status == 404);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(plain_http)

BOOST_AUTO_TEST_CASE(row_30_plain_http_serves_the_document_unless_told_otherwise) {
  const Published published({definition({"example.com"})});
  BOOST_TEST(published.get(config, host).status == 200);
}

BOOST_AUTO_TEST_CASE(row_30_plain_http_may_be_sent_to_https) {
  const Published published({definition({"example.com"})},
                            {.server = "plain-http = \"redirect\"", .more = "", .limits = {}});
  const auto reply = published.get("/mail/config-v1.1.xml?emailaddress=a%40example.com", "autoconfig.example.com:8080");
  BOOST_TEST(reply.status == 308);
  BOOST_TEST(reply.header("location") ==
             "https://autoconfig.example.com/mail/config-v1.1.xml?emailaddress=a%40example.com");
  BOOST_TEST(ask(published.admin(), "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").status == 200);
}

BOOST_AUTO_TEST_CASE(row_97_a_trusted_proxy_that_was_asked_by_https_is_not_sent_there_again) {
  const std::string redirect = "plain-http = \"redirect\"\n";
  const std::string forwarded = "X-Forwarded-Proto: https\r\n";
  const Published trusting({definition({"example.com"})},
                           {.server = redirect + "trusted-proxies = [\"127.0.0.0/8\"]", .more = "", .limits = {}});
  BOOST_TEST(trusting.get(config, host, forwarded).status == 200);
  const Published wary({definition({"example.com"})}, {.server = redirect, .more = "", .limits = {}});
  BOOST_TEST(wary.get(config, host, forwarded).status == 308);
}

BOOST_AUTO_TEST_CASE(row_96_the_forwarded_host_is_believed_from_trusted_proxies_only) {
  const std::vector definitions{definition({"example.com"}), definition({"example.net"})};
  const std::string forwarded = "X-Forwarded-Host: autoconfig.example.net, inner.example\r\n";
  const Published wary(definitions, {.server = "trusted-proxies = [\"192.0.2.0/24\"]", .more = "", .limits = {}});
  BOOST_TEST(domains_of(wary.get(config, host, forwarded)).front() == "example.com");
  const Published trusting(definitions, {.server = "trusted-proxies = [\"127.0.0.1\"]", .more = "", .limits = {}});
  BOOST_TEST(domains_of(trusting.get(config, host, forwarded)).front() == "example.net");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
