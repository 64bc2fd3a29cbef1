#include "engine/trust.h"

#include <boost/test/unit_test.hpp>

#include "sources/follow_ups.h"

using namespace mailconf;

namespace {

Subject subject() {
  Subject about{*DomainName::parse("example.org"),
                std::nullopt,
                SendAddress::retry,
                *Url::parse("https://db.example.com/v1.1/"),
                std::nullopt,
                "",
                nullptr,
                false};
  return about;
}

EvidenceLink http(const char* url, std::vector<Url> redirects = {}) {
  return {HttpQuestion{*Url::parse(url)}, std::move(redirects), false};
}
EvidenceLink policy() { return {mta_sts_policy_question(*DomainName::parse("example.org")), {}, false}; }
EvidenceLink dns(RecordType type, const char* name, bool authentic = false) {
  return {DnsQuestion{type, name}, {}, authentic};
}
EvidenceLink probe(const char* host) {
  return {ProbeQuestion{ServerType::imap, host, 993, SocketType::ssl}, {}, false};
}

Server at(const char* host, SocketType socket_type = SocketType::ssl) {
  Server server;
  server.hostname = host;
  server.port = 993;
  server.socket_type = socket_type;
  return server;
}

const std::vector<Server> own{at("imap.example.org")};
const std::vector<Server> foreign{at("imap.hoster.example")};

struct Case {
  const char* sentence;
  std::vector<EvidenceLink> evidence;
  std::vector<Server> servers;
  Trust expected;
};

const auto https = "https://autoconfig.example.org/mail/config-v1.1.xml";
const auto at_mx = "https://autoconfig.hoster.example/mail/config-v1.1.xml";

const std::vector<Case> cases{
    {"knowledge that asked nobody", {}, foreign, Trust::authenticated},
    {"https at the domain's own name", {http(https)}, foreign, Trust::authenticated},
    {"https at a sister host of the same registrable domain",
     {http("https://www.example.org/x")},
     own,
     Trust::authenticated},
    {"H10 an http hop", {http("http://autoconfig.example.org/mail/config-v1.1.xml")}, own, Trust::insecure},
    {"a redirect within the domain",
     {http(https, {*Url::parse("https://cfg.example.org/x")})},
     own,
     Trust::authenticated},
    {"a redirect to another registrable domain",
     {http(https, {*Url::parse("https://hoster.example/x")})},
     own,
     Trust::confirm},
    {"the database over https", {http("https://db.example.com/v1.1/example.org")}, foreign, Trust::authenticated},
    {"Z2 what the MX's provider says", {dns(RecordType::mx, "example.org"), http(at_mx)}, foreign, Trust::confirm},
    {"Z2 the same with a validated MX",
     {dns(RecordType::mx, "example.org", true), http(at_mx)},
     foreign,
     Trust::authenticated},
    {"Z3 the same with the domain's own policy for its mail exchangers",
     {dns(RecordType::mx, "example.org"), http(at_mx), dns(RecordType::txt, "_mta-sts.example.org"), policy()},
     foreign,
     Trust::authenticated},
    {"Z3 the policy of another domain",
     {dns(RecordType::mx, "example.org"),
      http(at_mx),
      {mta_sts_policy_question(*DomainName::parse("hoster.example")), {}, false}},
     foreign,
     Trust::confirm},
    {"Z3 a policy vouches for no other record",
     {dns(RecordType::txt, "example.org"), http("https://conf.hoster.example/mail.xml"), policy()},
     foreign,
     Trust::confirm},
    {"built-in knowledge reached through the MX", {dns(RecordType::mx, "example.org")}, foreign, Trust::confirm},
    {"SRV to the domain's own host", {dns(RecordType::srv, "_imaps._tcp.example.org")}, own, Trust::authenticated},
    {"D9 SRV to a foreign host", {dns(RecordType::srv, "_imaps._tcp.example.org")}, foreign, Trust::confirm},
    {"D9 validated SRV to a foreign host",
     {dns(RecordType::srv, "_imaps._tcp.example.org", true)},
     foreign,
     Trust::authenticated},
    {"D25 a text record that names a file at the domain's own host, which may be anybody's",
     {dns(RecordType::txt, "example.org"), http("https://conf.example.org/mail.xml")},
     foreign,
     Trust::confirm},
    {"the digest of a document at the domain's own host",
     {dns(RecordType::txt, "_ua-auto-config.example.org"), http("https://ua-auto-config.example.org/x.json")},
     foreign,
     Trust::authenticated},
    {"E10 a redirect of the domain's own host to Microsoft's",
     {http("https://autodiscover.example.org/autodiscover/autodiscover.xml",
           {*Url::parse("https://autodiscover-s.outlook.com/autodiscover/autodiscover.xml")})},
     foreign,
     Trust::authenticated},
    {"D25 a text record that names another domain's host",
     {dns(RecordType::txt, "example.org"), http("https://conf.hoster.example/mail.xml")},
     own,
     Trust::confirm},
    {"D25 the same, validated",
     {dns(RecordType::txt, "example.org", true), http("https://conf.hoster.example/mail.xml")},
     own,
     Trust::authenticated},
    {"E12 a document that an SRV record of the domain led to",
     {dns(RecordType::srv, "_autodiscover._tcp.example.org"),
      http("https://ad.hoster.example/autodiscover/autodiscover.xml")},
     own,
     Trust::confirm},
    {"E9 a redirect of Autodiscover to another registrable domain",
     {http("https://autodiscover.example.org/autodiscover/autodiscover.xml",
           {*Url::parse("https://ad.hoster.example/autodiscover/autodiscover.xml")})},
     own,
     Trust::confirm},
    {"E11 what a plain request led to",
     {http("http://autodiscover.example.org/autodiscover/autodiscover.xml"),
      http("https://autodiscover.example.org/autodiscover/autodiscover.xml")},
     own,
     Trust::insecure},
    {"a guessed own host",
     {dns(RecordType::addresses, "imap.example.org"), probe("imap.example.org")},
     own,
     Trust::authenticated},
    {"a guessed foreign host", {probe("imap.hoster.example")}, foreign, Trust::confirm},
    {"an unencrypted server", {http(https)}, {at("imap.example.org", SocketType::plain)}, Trust::insecure},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(trust)

BOOST_AUTO_TEST_CASE(trust_is_the_weakest_link_of_the_evidence) {
  const Subject about = subject();
  for (const auto& [sentence, evidence, servers, expected] : cases) {
    BOOST_TEST_CONTEXT(sentence) {
      BOOST_TEST(to_string(trust_of(evidence, about, servers).trust) == to_string(expected));
    }
  }
}

BOOST_AUTO_TEST_CASE(every_doubt_is_told_once_and_trust_without_doubt_tells_none) {
  const auto judgement = trust_of({dns(RecordType::mx, "example.org"), http(at_mx), http(at_mx)}, subject(), foreign);
  BOOST_TEST(judgement.doubts ==
                 (std::vector<std::string>{"the DNS record MX example.org is not signed",
                                           "autoconfig.hoster.example was asked, which is not of the mail domain"}),
             boost::test_tools::per_element());
  BOOST_TEST(trust_of({http(https)}, subject(), foreign).doubts.empty());
  BOOST_TEST(trust_of({probe("imap.hoster.example")}, subject(), foreign).doubts.at(0) ==
             "imap.hoster.example is named by DNS records that are not signed");
}

BOOST_AUTO_TEST_CASE(D26_what_stands_above_the_mail_domain_is_for_the_user_to_confirm) {
  Subject about = subject();
  about.domain = *DomainName::parse("cs.example.org");
  BOOST_TEST(to_string(trust_of({http(https)}, about, own).trust) == "confirm");
  BOOST_TEST(to_string(trust_of({http("https://autoconfig.cs.example.org/mail/config-v1.1.xml")}, about, own).trust) ==
             "authenticated");
}

BOOST_AUTO_TEST_CASE(E17_a_service_elsewhere_is_as_good_as_the_own_host_that_tells_of_it) {
  const auto of = [](const EvidenceLink& told) { return trust_of_service({told}, subject(), "ex.hoster.example"); };
  const auto* own_host = "https://autodiscover.example.org/autodiscover/autodiscover.json";
  BOOST_TEST((of(http(own_host)) == Trust::authenticated));
  BOOST_TEST((of(http(own_host, {*Url::parse("https://outlook.office365.com/x")})) == Trust::authenticated));
  BOOST_TEST((of(http(own_host, {*Url::parse("https://ad.hoster.example/x")})) == Trust::confirm));
  BOOST_TEST((of(http("https://ex.hoster.example/dav")) == Trust::confirm));
  BOOST_TEST((of(dns(RecordType::srv, "_caldavs._tcp.example.org")) == Trust::confirm));
}

BOOST_AUTO_TEST_SUITE_END()
