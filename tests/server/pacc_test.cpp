// PACC: one document a domain, and the record that vouches for it.
#include <Poco/InflatingStream.h>
#include <boost/test/unit_test.hpp>
#include <sstream>

#include "mailconf/formats.h"
#include "server/dns_records.h"
#include "server/published.h"

namespace mailconf::testing {
namespace {

constexpr auto document = "/.well-known/user-agent-configuration.json";
constexpr auto host = "ua-auto-config.example.com";

std::string inflate(const std::string& bytes) {
  std::istringstream zipped(bytes);
  Poco::InflatingInputStream stream(zipped, Poco::InflatingStreamBuf::STREAM_GZIP);
  return {std::istreambuf_iterator<char>(stream), {}};
}

struct OneDomain : Published {
  OneDomain() : Published({definition({"example.com"})}) {}
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(pacc, OneDomain)

BOOST_AUTO_TEST_CASE(row_78_the_host_of_pacc_serves_what_the_record_vouches_for) {
  const auto reply = get(document, host);
  BOOST_TEST(reply.status == 200);
  BOOST_TEST(reply.header("content-type") == "application/json");
  const auto read = read_pacc_json(reply.body, *DomainName::parse("example.com"));
  BOOST_TEST_REQUIRE(read.has_value());
  BOOST_TEST(read->settings.incoming.front().hostname == "imap.example.com");
}

BOOST_AUTO_TEST_CASE(row_78_the_record_holds_the_digest_of_the_octets) {
  const auto domain = *DomainName::parse("example.com");
  Settings settings;
  settings.provider.domains = {domain};
  auto published = server::publish({"", 0, settings}, domain);
  BOOST_TEST(server::dns_records(published).empty());
  // Both digests were made by another program.
  published.pacc.emplace(R"({"info":{"provider":{"name":"Example"}},"protocols":{"imap":{"host":"imap.example.com"},)"
                         R"("submit":{"host":"smtp.example.com"}}})");
  BOOST_TEST(
      server::dns_records(published).front() ==
      "_ua-auto-config.example.com. IN TXT \"v=UAAC1; a=sha256; d=Bt7Eex9FQEKHZmPc+ydw0jhLx2C/QPKwwc07ED24FQ0=\"");
  published.pacc.emplace(get(document, host).body);
  BOOST_TEST(
      server::dns_records(published).front() ==
      "_ua-auto-config.example.com. IN TXT \"v=UAAC1; a=sha256; d=6MhRpFG0B07TlsXzqAmtL9uNeySNs4kadi93Tel46kg=\"");
}

BOOST_AUTO_TEST_CASE(row_79_the_octets_are_the_same_every_time_and_by_gzip) {
  const auto first = get(document, host);
  const Published again({definition({"example.com"})});
  BOOST_TEST(again.get(document, host).body == first.body);
  const auto zipped = get(document, host, "Accept-Encoding: gzip\r\n");
  BOOST_TEST(zipped.header("content-encoding") == "gzip");
  BOOST_TEST(inflate(zipped.body) == first.body);
  BOOST_TEST(get(document, host, "If-None-Match: " + first.header("etag") + "\r\n").status == 304);
  BOOST_TEST(get(std::string(document) + "?emailaddress=alice@example.com", host).body == first.body);
}

BOOST_AUTO_TEST_CASE(row_80_no_other_host_serves_it) {
  for (const std::string other : {"example.com", "autoconfig.example.com", "127.0.0.1",
                                  "ua-auto-config.elsewhere.example", "ua-auto-config", "xua-auto-config.example.com"})
    BOOST_TEST(get(document, other).status == 404);
}

BOOST_AUTO_TEST_CASE(row_81_a_change_is_told_with_the_old_and_the_new_record) {
  auto text = definition({"example.com"});
  BOOST_TEST(channel->lines_with("_ua-auto-config").empty());
  folder.write("domains/0.toml", text.replace(text.find("imap.example.com"), 4, "mail"));
  server->reload();
  const auto lines = channel->lines_with("_ua-auto-config");
  BOOST_TEST_REQUIRE(lines.size() == 1U);
  const auto first = lines.front().find("a=sha256; d=");
  const auto second = lines.front().find("a=sha256; d=", first + 1);
  BOOST_TEST_REQUIRE(second != std::string::npos);
  BOOST_TEST(lines.front().substr(first, 56) != lines.front().substr(second, 56));
  server->reload();
  BOOST_TEST(channel->lines_with("_ua-auto-config").size() == 1U);
}

BOOST_AUTO_TEST_CASE(settings_that_pacc_cannot_say_have_no_document) {
  auto text = definition({"example.com"});
  const Published published({text.replace(text.find("%EMAILADDRESS%"), 14, "%EMAILLOCALPART%")});
  BOOST_TEST(published.get(document, host).status == 404);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
