// Every code has a world that has it, made by a few edits to one that has none.
#include <boost/test/unit_test.hpp>

#include "audit/auditor.h"

namespace mailconf::testing {
namespace {

struct Edit {
  std::string from;
  std::string to;
  bool first_only = false;
};
struct Case {
  std::string code;
  std::vector<Edit> edits;
  std::vector<std::string> also = {};  // what the same edits bring along
  std::string appended = {};
};

const std::string starttls_port = "993 = \"imap\"\n143 = ";
const std::string plain_http = "\n[host.web.ports]\n80 = \"web\"\n";

Edit srv(const std::string& label, const std::string& from, const std::string& to) {
  return {"\"" + label + "._tcp SRV\" = [\"" + from + "\"]", "\"" + label + "._tcp SRV\" = [" + to + "]"};
}
Edit no_srv(const std::string& label, const std::string& from) {
  return {"\"" + label + "._tcp SRV\" = [\"" + from + "\"]\n", ""};
}
Edit imap_port(const std::string& port) { return {"993 = \"imap\"", port}; }
Edit upgrade_port(const std::string& service) { return {"993 = \"imap\"", starttls_port + service}; }
Edit mail_certificate(const std::string& what) {
  return {"addresses = [\"203.0.113.10\"]", "addresses = [\"203.0.113.10\"]\ncertificate = " + what};
}

const std::string autoconfig_url = "https://autoconfig.example.org/mail/config-v1.1.xml";
const std::string well_known_url = "https://example.org/.well-known/autoconfig/mail/config-v1.1.xml";
const std::string autodiscover_url = "https://autodiscover.example.org/autodiscover/autodiscover.xml";
Edit moved(const std::string& resource, const std::string& to = "/gone") {
  return {"[host.web.resources.\"" + resource + "\"]", "[host.web.resources.\"" + to + "\"]"};
}
std::string resource(const std::string& url, const std::string& fields) {
  return "\n[host.web.resources.\"" + url + "\"]\n" + fields + "\n";
}
// Something else at the first place of autoconfig.
Case in_place_of_autoconfig(const std::string& code, const std::string& fields) {
  return {code, {moved(autoconfig_url)}, {"autoconfig-host-missing"}, resource(autoconfig_url, fields)};
}
Case in_place_of_autodiscover(const std::string& code, const std::string& fields) {
  return {code, {}, {"autodiscover-letter-case"}, resource(autodiscover_url, fields)};
}

const std::string imap_server =
    "incomingServer type=\"imap\">\n      <hostname>imap.example.org</hostname>\n      <port>993";
const std::string pop3_server =
    "incomingServer type=\"pop3\">\n      <hostname>pop.example.org</hostname>\n      <port>995";
const std::string weak_server =
    "incomingServer type=\"imap\">\n<hostname>imap.example.org</hostname><port>143</port><socketType>STARTTLS"
    "</socketType><authentication>password-cleartext</authentication><username>%EMAILADDRESS%</username>\n"
    "</incomingServer>\n<";
const std::string weak_protocol =
    "<Protocol><Type>IMAP</Type><Server>imap.example.org</Server><Port>143</Port><LoginName>postmaster@example.org"
    "</LoginName><SPA>off</SPA><SSL>on</SSL><Encryption>TLS</Encryption></Protocol>\n";
const std::string disagree = "mechanisms-disagree";
const std::string disagree_on_encryption = "mechanisms-disagree-on-encryption";

const std::vector<Case>& cases() {
  static const std::vector<Case> all{
      // ---- the DNS
      {"dns-failure", {{"\"@ MX\" = \"10 mx.example.org\"", "\"@ MX\" = \"servfail\""}}},
      {"mx-missing", {{"\"@ MX\" = \"10 mx.example.org\"\n", ""}}},
      {"mx-null", {{"10 mx.example.org", "0 ."}}},
      {"wildcard-address", {{"\"@ TXT\"", "\"* A\" = \"203.0.113.80\"\n\"@ TXT\""}}},
      {"wildcard-text", {{"\"@ TXT\"", "\"* TXT\" = \"v=spf1 -all\"\n\"@ TXT\""}}},
      {"txt-url-insecure", {{"v=spf1 mx -all", "mailconf=http://example.org/settings.xml"}}},
      {"leftover-cpanel",
       {srv("_autodiscover", "0 0 443 autodiscover.example.org", "\"0 0 443 cpanelemaildiscovery.cpanel.net\"")},
       {},
       "\n[zone.\"cpanel.net\"]\n"},
      {"leftover-microsoft",
       {srv("_autodiscover", "0 0 443 autodiscover.example.org", "\"0 0 443 autodiscover-s.outlook.com\"")},
       {},
       "\n[zone.\"outlook.com\"]\n"},
      {"autodiscover-srv-port",
       {srv("_autodiscover", "0 0 443 autodiscover.example.org", "\"0 0 8443 autodiscover.example.org\"")}},
      {"autodiscover-srv-misspelt",
       {{"\"@ TXT\"", "\"_autodiscovery._tcp SRV\" = \"0 0 443 autodiscover.example.org\"\n\"@ TXT\""}}},
      // ---- service records
      {"srv-missing",
       {no_srv("_imaps", "0 1 993 imap.example.org"), no_srv("_imap", "0 0 0 ."),
        no_srv("_pop3s", "10 1 995 pop.example.org"), no_srv("_pop3", "0 0 0 ."),
        no_srv("_submissions", "0 1 465 smtp.example.org"), no_srv("_submission", "0 0 0 .")}},
      {"srv-no-incoming",
       {srv("_imaps", "0 1 993 imap.example.org", "\"0 0 0 .\""),
        srv("_pop3s", "10 1 995 pop.example.org", "\"0 0 0 .\"")}},
      {"srv-no-outgoing", {srv("_submissions", "0 1 465 smtp.example.org", "\"0 0 0 .\"")}},
      {"srv-no-implicit-tls",
       {srv("_imaps", "0 1 993 imap.example.org", "\"0 0 0 .\""),
        srv("_pop3s", "10 1 995 pop.example.org", "\"0 0 0 .\""),
        srv("_imap", "0 0 0 .", "\"0 1 143 imap.example.org\""), upgrade_port("\"imap\"")},
       {disagree_on_encryption}},
      {"srv-no-submissions",
       {srv("_submissions", "0 1 465 smtp.example.org", "\"0 0 0 .\""),
        srv("_submission", "0 0 0 .", "\"0 1 587 smtp.example.org\""),
        {"465 = \"smtp\"", "465 = \"smtp\"\n587 = \"smtp\""}},
       {disagree_on_encryption}},
      {"srv-465-under-submission", {srv("_submission", "0 0 0 .", "\"10 1 465 smtp.example.org\"")}},
      {"srv-tls-port-under-upgrade", {srv("_imap", "0 0 0 .", "\"10 1 993 imap.example.org\"")}},
      {"srv-upgrade-port-under-tls",
       {srv("_imaps", "0 1 993 imap.example.org", "\"0 1 143 imap.example.org\"")},
       {"server-unreachable", disagree}},
      {"srv-port-25",
       {srv("_submissions", "0 1 465 smtp.example.org", "\"0 1 25 smtp.example.org\"")},
       {"server-unreachable", disagree}},
      {"srv-insecure-first",
       {srv("_imap", "0 0 0 .", "\"0 1 143 imap.example.org\""),
        srv("_imaps", "0 1 993 imap.example.org", "\"10 1 993 imap.example.org\""), upgrade_port("\"imap\"")},
       {disagree_on_encryption}},
      {"srv-target-missing",
       {srv("_imaps", "0 1 993 imap.example.org", "\"0 1 993 gone.example.org\"")},
       {"server-host-missing", disagree}},
      {"srv-target-malformed", {srv("_imaps", "0 1 993 imap.example.org", "\"0 1 0 imap.example.org\"")}},
      {"srv-root-beside-others",
       {srv("_imap", "0 0 0 .", "\"0 0 0 .\", \"10 1 143 imap.example.org\""), upgrade_port("\"imap\"")}},
      {"srv-undeclared", {no_srv("_pop3", "0 0 0 .")}},
      // ---- autoconfig
      {"autoconfig-missing", {moved(autoconfig_url), moved(well_known_url, "/gone-too")}},
      {"autoconfig-by-mx",
       {moved(autoconfig_url, "https://autoconfig.provider.example/mail/config-v1.1.xml"),
        moved(well_known_url, "/gone-too"),
        {"mx.example.org\"\n", "mx.provider.example\"\n"},
        {"mx: mx.example.org", "mx: mx.provider.example"},
        {"\"dav.example.org\"]", "\"dav.example.org\", \"autoconfig.provider.example\"]"},
        {"[zone.\"example.org\"]", "[zone.\"provider.example\"]\n[zone.\"example.org\"]"}}},
      {"autoconfig-host-missing", {moved(autoconfig_url)}},
      {"autoconfig-well-known-missing", {moved(well_known_url)}},
      {"autoconfig-over-http",
       {moved(autoconfig_url, "/mail/config-v1.1.xml")},
       {"autodiscover-over-http"},
       plain_http},
      {"autoconfig-only-over-http",
       {moved(autoconfig_url, "http://autoconfig.example.org/mail/config-v1.1.xml")},
       {"autoconfig-host-missing", "autodiscover-over-http"},
       plain_http},
      in_place_of_autoconfig("autoconfig-https-to-http",
                             "location = \"http://autoconfig.example.org/mail/config-v1.1.xml\""),
      in_place_of_autoconfig("autoconfig-html", "type = \"text/html\"\nbody = \"<!doctype html><html></html>\""),
      in_place_of_autoconfig("autoconfig-malformed", "body = \"<clientConfig><emailProvider\""),
      in_place_of_autoconfig("autoconfig-status", "status = 503"),
      {"autoconfig-content-type",
       {{"type = \"text/xml\"\nbody = '''<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<clientConfig",
         "type = \"text/plain\"\nbody = '''<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<clientConfig"}}},
      {"autoconfig-needs-address", {moved(autoconfig_url, autoconfig_url + "?emailaddress=postmaster%40example.org")}},
      {"autoconfig-template", {{"<displayName>Example Mail<", "<displayName>%server/imap/name%<"}}},
      {"autoconfig-unknown-value",
       {{"<authentication>password-cleartext<",
         "<authentication>magic</authentication><authentication>password-cleartext<"}}},
      {"autoconfig-incomplete",
       {{"</emailProvider>",
         "<incomingServer type=\"imap\"><hostname>x.example.org</hostname></incomingServer></emailProvider>"}}},
      {"autoconfig-id", {{"id=\"example.org\"", "id=\"%EMAILDOMAIN% Mail\""}}},
      {"autoconfig-domain", {{"<domain>example.org</domain>", ""}}, {"autoconfig-domain-other"}},
      {"autoconfig-domain-other", {{"<domain>example.org<", "<domain>example.net<"}}},
      {"autoconfig-no-outgoing", {{"<outgoingServer type=\"smtp\">", "<outgoingServer type=\"lmtp\">"}}},
      {"autoconfig-plaintext-only",
       {{"<port>465</port>\n      <socketType>SSL", "<port>587</port>\n      <socketType>plain"}},
       {disagree_on_encryption}},
      {"autoconfig-plaintext",
       {{"<port>995</port>\n      <socketType>SSL", "<port>110</port>\n      <socketType>plain"}},
       {disagree_on_encryption}},
      {"autoconfig-insecure-first",
       {{imap_server, weak_server + imap_server}, upgrade_port("\"imap\"")},
       {disagree_on_encryption}},
      {"autoconfig-port-25", {{"<port>465<", "<port>25<"}}, {"server-unreachable", disagree}},
      {"autoconfig-port-mismatch", {{"<port>993<", "<port>143<"}}, {"server-unreachable", disagree}},
      {"autoconfig-pop3-deletes",
       {{"<port>995</port>", "<port>995</port><pop3><leaveMessagesOnServer>false</leaveMessagesOnServer></pop3>"}}},
      {"autoconfig-pop3-first", {{imap_server, "SWAP"}, {pop3_server, imap_server}, {"SWAP", pop3_server}}},
      {"autoconfig-display-name", {{"<displayName>Example Mail</displayName>", ""}}},
      // ---- Autodiscover
      {"autodiscover-missing",
       {moved("/autodiscover/autodiscover.xml"), moved("/Autodiscover/Autodiscover.xml", "/gone-too")}},
      {"autodiscover-over-http", {}, {}, plain_http},
      {"autodiscover-only-over-http",
       {moved("/autodiscover/autodiscover.xml", "http://autodiscover.example.org/autodiscover/autodiscover.xml"),
        moved("/Autodiscover/Autodiscover.xml")},
       {},
       plain_http},
      in_place_of_autodiscover("autodiscover-https-to-http",
                               "location = \"http://autodiscover.example.org/autodiscover/autodiscover.xml\""),
      in_place_of_autodiscover("autodiscover-malformed", "body = \"<Autodiscover><Response/></Autodiscover>\""),
      in_place_of_autodiscover("autodiscover-login", "status = 401"),
      in_place_of_autodiscover("autodiscover-failing", "status = 503"),
      {"autodiscover-encryption-value", {{"<Encryption>SSL<", "<Encryption>starttls<"}}},
      {"autodiscover-ssl-value", {{"<SSL>on<", "<SSL>yes<"}}},
      {"autodiscover-encryption-alone", {{"<SSL>on</SSL>", ""}}},
      {"autodiscover-contradiction", {{"<SSL>on<", "<SSL>off<"}}},
      {"autodiscover-tls-means-upgrade", {{"<Encryption>SSL<", "<Encryption>TLS<"}}},
      {"autodiscover-spa", {{"<SPA>off</SPA>", ""}}},
      {"autodiscover-login-name", {{"<LoginName>postmaster@example.org</LoginName>", ""}}},
      {"autodiscover-plaintext",
       {{"<SSL>on</SSL>\n      <Encryption>SSL<", "<SSL>off</SSL>\n      <Encryption>None<"}},
       {disagree_on_encryption}},
      {"autodiscover-insecure-first",
       {{"<Action>settings</Action>\n", "<Action>settings</Action>\n" + weak_protocol}, upgrade_port("\"imap\"")},
       {disagree_on_encryption}},
      {"autodiscover-letter-case", {moved("/Autodiscover/Autodiscover.xml")}},
      {"autodiscover-json-missing", {moved("/autodiscover/autodiscover.json")}},
      // ---- PACC and MTA-STS
      {"pacc-missing",
       {moved("https://ua-auto-config.example.org/.well-known/user-agent-configuration.json"),
        {"_ua-auto-config TXT", "_other TXT"}}},
      {"pacc-no-digest", {{"_ua-auto-config TXT", "_other TXT"}}},
      {"pacc-digest-mismatch", {{"\"name\":\"Example Mail\"", "\"name\":\"Another Mail\""}}},
      {"pacc-no-document", {moved("https://ua-auto-config.example.org/.well-known/user-agent-configuration.json")}},
      {"pacc-malformed", {{"\"protocols\"", "\"nothing\""}}},
      {"pacc-content-type",
       {{"type = \"application/json\"\nbody = '{\"authentication\"",
         "type = \"text/plain\"\nbody = '{\"authentication\""}}},
      {"mta-sts-no-policy", {moved("https://mta-sts.example.org/.well-known/mta-sts.txt")}},
      {"mta-sts-no-record", {{"_mta-sts TXT", "_other TXT"}}},
      {"mta-sts-malformed", {{"version: STSv1", "version: STSv9"}}},
      {"mta-sts-mx-mismatch", {{"mx: mx.example.org", "mx: other.example.org"}}},
      {"mta-sts-not-enforced", {{"mode: enforce", "mode: testing"}}},
      // ---- hosts and servers
      {"certificate-name", {mail_certificate("{ names = [\"other.example.net\"] }")}},
      {"certificate-chain", {mail_certificate("\"unknown-issuer\"")}},
      {"certificate-expired", {mail_certificate("\"expired\"")}},
      {"certificate-ends-in-days", {mail_certificate("{ not-after = \"2026-01-05T00:00:00Z\" }")}},
      {"certificate-ends-soon", {mail_certificate("{ not-after = \"2026-01-25T00:00:00Z\" }")}},
      {"tls-failed", {imap_port("993 = { service = \"imap\", tls = \"fails\" }")}},
      {"web-host-unreachable",
       {{", \"mta-sts.example.org\"", ""}, {"\"mx.example.org\"]\n", "\"mx.example.org\", \"mta-sts.example.org\"]\n"}},
       {"mta-sts-no-policy"}},
      {"address-private",
       {{"names = [\"imap.example.org\", ", "names = ["}},
       {},
       "\n[host.private]\nnames = [\"imap.example.org\"]\naddresses = [\"10.0.0.1\"]\nports = { 993 = \"imap\" }\n"},
      {"server-host-missing", {{"names = [\"imap.example.org\", ", "names = ["}}, {"srv-target-missing"}},
      {"server-unreachable", {imap_port("")}},
      {"server-other-protocol", {imap_port("993 = \"pop3\"")}},
      {"server-no-starttls",
       {srv("_imap", "0 0 0 .", "\"10 1 143 imap.example.org\""),
        upgrade_port("{ service = \"imap\", starttls = \"stripped\" }")},
       {"server-login-in-clear"}},
      {"server-starttls-injection",
       {srv("_imap", "0 0 0 .", "\"10 1 143 imap.example.org\""),
        upgrade_port("{ service = \"imap\", starttls = \"injection\" }")}},
      {"server-login-in-clear",
       {srv("_imap", "0 0 0 .", "\"10 1 143 imap.example.org\""),
        upgrade_port(
            "{ service = \"imap\", capabilities-before-tls = [\"IMAP4rev1\", \"STARTTLS\", \"AUTH=PLAIN\"] }")}},
      {"server-sign-in-mismatch",
       {imap_port(
           "993 = { service = \"imap\", capabilities = [\"IMAP4rev1\", \"LOGINDISABLED\", \"AUTH=XOAUTH2\"] }")}},
      // ---- agreement, and what is beside the mail
      {"documents-disagree", {{"<hostname>smtp.example.org<", "<hostname>mx.example.org<", true}}, {disagree}},
      {disagree, {{"<Server>smtp.example.org<", "<Server>mx.example.org<"}}},
      {disagree_on_encryption, {{"<Port>993<", "<Port>143<"}, upgrade_port("\"imap\"")}},
      {"dav-plaintext", {{"_caldavs._tcp", "_caldav._tcp"}}},
      {"dav-well-known-missing", {moved("/.well-known/caldav")}},
      {"jmap-well-known-missing", {moved("/.well-known/jmap")}},
  };
  return all;
}

std::string edited(std::string world, const Case& given) {
  for (const auto& edit : given.edits) {
    auto at = world.find(edit.from);
    BOOST_REQUIRE_MESSAGE(at != world.npos, given.code << ": \"" << edit.from << "\" is not in the world");
    while (at != world.npos) {
      world.replace(at, edit.from.size(), edit.to);
      at = edit.first_only ? world.npos : world.find(edit.from, at + edit.to.size());
    }
  }
  return world + given.appended;
}

const std::string& sound_world() {
  static const std::string world = text_of(TEST_DATA "/audit/sound.toml");
  return world;
}

bool has(const std::vector<std::string>& codes, const std::string& code) {
  return std::ranges::find(codes, code) != codes.end();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(codes)

BOOST_AUTO_TEST_CASE(of_a_domain_that_publishes_everything_as_it_should_nothing_is_said) {
  const auto audit = audit_of(sound_world());
  for (const auto& finding : audit.findings)
    BOOST_ERROR(finding.code << " at " << finding.subject << ": " << finding.message);
  BOOST_TEST(audit.complete);
}

BOOST_AUTO_TEST_CASE(of_a_domain_that_does_not_exist_nothing_else_is_said) {
  const auto audit = audit_of("[zone.\"org\"]\n");
  BOOST_TEST(codes_of(audit) == std::vector<std::string>{"domain-missing"}, boost::test_tools::per_element());
  BOOST_TEST(audit.complete);
}

BOOST_AUTO_TEST_CASE(each_code_is_found_where_it_belongs_and_brings_nothing_unexpected) {
  for (const auto& given : cases()) {
    const auto audit = audit_of(edited(sound_world(), given));
    const auto* finding = finding_of(audit, given.code);
    BOOST_CHECK_MESSAGE(finding != nullptr, given.code << " is not found");
    for (const auto& found : audit.findings) {
      const bool expected = found.code == given.code || has(given.also, found.code);
      BOOST_CHECK_MESSAGE(expected,
                          given.code << " brings " << found.code << " at " << found.subject << ": " << found.message);
    }
    if (finding == nullptr) continue;
    BOOST_TEST(!finding->evidence.empty(), given.code);
    BOOST_TEST(!finding->message.empty(), given.code);
    BOOST_TEST(finding->repair.find('{') == std::string::npos, finding->repair);
  }
}

BOOST_AUTO_TEST_CASE(each_code_of_the_table_has_a_world_that_has_it_and_says_what_to_do) {
  for (const auto& check : audit_checks()) {
    const bool tested = check.code == "domain-missing" || std::ranges::count(cases(), check.code, &Case::code) == 1;
    BOOST_CHECK_MESSAGE(tested, check.code << " has no world of its own");
    BOOST_TEST(!check.summary.empty(), check.code);
    BOOST_TEST(!check.affects.empty(), check.code);
  }
  BOOST_TEST(audit_checks().size() == cases().size() + 1);
}

BOOST_AUTO_TEST_CASE(hosts_of_calendars_are_looked_at_too) {
  const auto audit = audit_of(edited(
      sound_world(), {"",
                      {{", \"dav.example.org\"]", "]"}},
                      {},
                      "\n[host.dav]\nnames = [\"dav.example.org\"]\naddresses = [\"203.0.113.81\"]\ncertificate = "
                      "\"expired\"\ndefault-status = 404\n"}));
  const auto* finding = finding_of(audit, "certificate-expired");
  BOOST_REQUIRE(finding != nullptr);
  BOOST_TEST(finding->subject == "dav.example.org:443");
}

BOOST_AUTO_TEST_CASE(one_certificate_at_several_ports_is_one_finding_with_all_places) {
  const auto audit = audit_of(edited(sound_world(), {"certificate-expired", {mail_certificate("\"expired\"")}}));
  BOOST_TEST(std::ranges::count(audit.findings, "certificate-expired", &AuditFinding::code) == 1);
  const auto* finding = finding_of(audit, "certificate-expired");
  BOOST_REQUIRE(finding != nullptr);
  BOOST_TEST(finding->where() == "imap.example.org:993, pop.example.org:995, smtp.example.org:465");
  BOOST_TEST(finding->evidence.size() == 3U);
}

BOOST_AUTO_TEST_CASE(two_certificates_with_one_fault_are_two_findings) {
  auto world = edited(sound_world(), {"certificate-expired", {mail_certificate("\"expired\"")}});
  const std::string web = "addresses = [\"203.0.113.80\"]\n";
  world.insert(world.find(web) + web.size(),
               "certificate = { names = [\"*.example.org\", \"example.org\"], fault = \"expired\" }\n");
  const auto audit = audit_of(world);
  BOOST_TEST(std::ranges::count(audit.findings, "certificate-expired", &AuditFinding::code) == 2);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
