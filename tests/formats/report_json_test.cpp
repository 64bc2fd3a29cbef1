// Reports as programs read them.
#include <boost/json.hpp>

#include "formats/documents.h"

using namespace mailconf;
using namespace mailconf::test;
using namespace std::chrono_literals;

namespace {

Report report() {
  const auto settings = read(minimal_document).settings;
  FoundServer imap{settings.incoming[0], "%EMAILADDRESS%", "autoconfig", {}};
  imap.server.username = "alice@example.org";
  imap.proof.outcome = ProofOutcome::proven;
  imap.proof.tls =
      TlsFacts{"TLSv1.3", "TLS_AES_256_GCM_SHA384", CertificateVerdict::valid, {"imap.example.org"}, "CA", ""};
  imap.proof.mechanisms = {"PLAIN", "XOAUTH2"};
  imap.proof.elapsed = 81499us;
  Report result;
  result.address = "alice@example.org";
  result.domain = "example.org";
  result.status = Status::partial;
  result.best.provider = settings.provider;
  result.best.incoming = {imap};
  result.best.sources = {"autoconfig", "srv"};
  result.best.trust = Trust::authenticated;
  result.elapsed = 187500us;
  return result;
}

boost::json::object written(const Report& given) {
  return boost::json::parse(write_report_json(given, false)).as_object();
}

void expect_json(const boost::json::value& found, std::string_view expected) {
  BOOST_TEST(boost::json::serialize(found) ==
             boost::json::serialize(boost::json::parse({expected.data(), expected.size()})));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(reports_as_json)

BOOST_AUTO_TEST_CASE(a_server_has_its_login_its_source_and_its_proof) {
  expect_json(written(report()).at("incoming"), R"([
    {"type": "imap", "hostname": "imap.example.org", "port": 993, "socketType": "SSL",
     "authentication": ["password-cleartext"], "username": "alice@example.org", "usernameTemplate": "%EMAILADDRESS%",
     "source": "autoconfig",
     "proof": {"outcome": "proven", "tls": "TLSv1.3", "cipher": "TLS_AES_256_GCM_SHA384", "certificate": "valid",
               "names": ["imap.example.org"], "issuer": "CA", "mechanisms": ["PLAIN", "XOAUTH2"], "elapsedMs": 81}}])");
}

BOOST_AUTO_TEST_CASE(members_stand_in_the_order_of_the_documentation) {
  std::vector<std::string> names;
  for (const auto& member : written(report())) names.emplace_back(member.key());
  expect_lines(names, {"address", "domain", "status", "trust", "provider", "incoming", "outgoing", "services",
                       "agreeing", "consent", "login", "hints", "alternatives", "sources", "decisions", "conflicts",
                       "warnings", "elapsedMs"});
}

BOOST_AUTO_TEST_CASE(values_are_spelled_as_documented) {
  const auto result = written(report());
  BOOST_TEST(result.at("status") == "partial");
  BOOST_TEST(result.at("trust") == "authenticated");
  BOOST_TEST(result.at("elapsedMs") == 188);
  expect_json(result.at("provider"),
              R"({"id": "example.org", "displayName": "Example Mail", "displayShortName": "Example"})");
}

BOOST_AUTO_TEST_CASE(Z5_what_the_user_must_see_and_how_signing_in_will_go_are_data) {
  auto given = report();
  given.consent = {{"hoster.example"}, {"the DNS record MX example.org is not signed"}};
  given.login = {{"alice@example.org", "alice"}, true};
  const auto result = written(given);
  expect_json(result.at("consent"),
              R"({"domains": ["hoster.example"], "reasons": ["the DNS record MX example.org is not signed"]})");
  expect_json(result.at("login"), R"({"usernames": ["alice@example.org", "alice"], "needsPassword": true})");
}

BOOST_AUTO_TEST_CASE(an_alternative_has_the_shape_of_the_result) {
  auto given = report();
  given.alternatives = {given.best};
  const auto result = written(given);
  const auto& alternative = result.at("alternatives").at(0).as_object();
  for (const auto* const name : {"trust", "provider", "incoming", "outgoing", "services"})
    BOOST_TEST(alternative.at(name) == result.at(name));
}

BOOST_AUTO_TEST_CASE(a_server_and_a_service_at_a_url_have_neither_host_nor_port) {
  auto given = report();
  FoundService calendar;
  calendar.service.url = "https://dav.example.org/";
  calendar.source = "srv";
  given.best.services = {calendar};
  given.best.incoming[0].server.type = ServerType::jmap;
  given.best.incoming[0].server.url = "https://jmap.example.org/";
  const auto result = written(given);
  BOOST_TEST(result.at("incoming").at(0).at("url") == "https://jmap.example.org/");
  BOOST_TEST(!result.at("incoming").at(0).as_object().contains("port"));
  expect_json(result.at("services"), R"([{"type": "caldav", "url": "https://dav.example.org/", "authentication": [],
                                          "username": "", "usernameTemplate": "", "source": "srv"}])");
}

BOOST_AUTO_TEST_CASE(sign_in_pages_and_steps_are_told) {
  auto given = report();
  given.best.oauth2 =
      OAuth2{"login.example.org", "https://login.example.org/a", "https://login.example.org/t", "mail", ""};
  given.best.documentation = {{"https://help.example.org/", {{"en", "Help"}}}};
  given.best.enable = {{"https://example.org/imap", {{"", "Switch it on"}}}};
  given.hints = {{"app-password", "https://example.org/app"}};
  const auto result = written(given);
  expect_json(result.at("oauth2"), R"({"issuer": "login.example.org", "authURL": "https://login.example.org/a",
                                       "tokenURL": "https://login.example.org/t", "scope": "mail"})");
  expect_json(result.at("documentation"),
              R"([{"url": "https://help.example.org/", "descriptions": [{"lang": "en", "text": "Help"}]}])");
  expect_json(result.at("enable"),
              R"([{"visitURL": "https://example.org/imap", "instructions": [{"lang": "", "text": "Switch it on"}]}])");
  expect_json(result.at("hints"), R"([{"kind": "app-password", "url": "https://example.org/app"}])");
}

BOOST_AUTO_TEST_CASE(the_explanation_is_told) {
  auto given = report();
  given.sources = {
      {"srv", "SRV _imaps._tcp.example.org", "MX example.org", Outcome::absent, "NXDOMAIN", 1ms, 12ms, {}}};
  given.decisions = {"autoconfig beats srv by rank"};
  given.conflicts = {{{"autoconfig", "srv"}, "incoming.hostname", {"a.example", "b.example"}}};
  given.warnings = {{"plain-socket", "unencrypted"}};
  given.provisional = 64ms;
  given.proved = 100ms;
  const auto result = written(given);
  expect_json(result.at("sources"), R"([{"source": "srv", "target": "SRV _imaps._tcp.example.org",
    "because": "MX example.org", "outcome": "absent", "reason": "NXDOMAIN", "startedMs": 1, "elapsedMs": 12,
    "redirects": []}])");
  expect_json(
      result.at("conflicts"),
      R"([{"between": ["autoconfig", "srv"], "field": "incoming.hostname", "values": ["a.example", "b.example"]}])");
  expect_json(result.at("warnings"), R"([{"code": "plain-socket", "message": "unencrypted"}])");
  BOOST_TEST(result.at("provisionalMs") == 64);
  BOOST_TEST(result.at("provedMs") == 100);
}

BOOST_AUTO_TEST_CASE(odd_octets_never_make_the_document_invalid) {
  auto given = report();
  given.domain = "ex\xff\xc3mple";
  given.sources = {{"autoconfig", "https://\x80", "", Outcome::unknown, "a\x01\"\\\n\xed\xa0\x80", 0ms, 0ms, {"\xfe"}}};
  const auto result = written(given);
  BOOST_TEST(result.at("domain") == "ex\ufffd\ufffdmple");
  BOOST_TEST(result.at("sources").at(0).at("reason") == "a\x01\"\\\n\ufffd\ufffd\ufffd");
}

BOOST_AUTO_TEST_CASE(indented_or_not_the_document_is_the_same) {
  auto given = report();
  given.warnings = {{"a", "b"}, {"c", "d"}};
  const auto indented = write_report_json(given, true);
  BOOST_TEST(boost::json::serialize(boost::json::parse(indented)) == write_report_json(given, false));
  BOOST_TEST(mentions(indented, "{\n  \"address\": \"alice@example.org\",\n"));
  BOOST_TEST(mentions(indented, "\"authentication\": [\"password-cleartext\"]"));
  BOOST_TEST(!mentions(write_report_json(given, false), "\n"));
}

BOOST_AUTO_TEST_CASE(a_probe_tells_what_each_port_offers) {
  ProbedPort port;
  port.server = read(minimal_document).settings.outgoing[0];
  port.address = "192.0.2.1";
  port.proof.outcome = ProofOutcome::refused;
  port.proof.reason = "STARTTLS is not offered";
  port.proof.elapsed = 2ms;
  port.greeting = "220 ready";
  port.before_tls = {"SIZE"};
  expect_json(boost::json::parse(write_probe_json({port}, false)), R"({"host": "smtp.example.org", "ports": [
    {"type": "smtp", "hostname": "smtp.example.org", "port": 587, "socketType": "STARTTLS", "address": "192.0.2.1",
     "greeting": "220 ready", "beforeTLS": ["SIZE"], "capabilities": [], "authentication": [],
     "proof": {"outcome": "refused", "reason": "STARTTLS is not offered", "mechanisms": [], "elapsedMs": 2}}]})");
}

BOOST_AUTO_TEST_SUITE_END()
