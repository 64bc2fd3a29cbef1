// Worlds as scenario files describe them: names, certificates, documents, and what is refused.
#include <boost/test/unit_test.hpp>

#include "support/world_reader.h"

using namespace mailconf;
using namespace mailconf::simulated;

namespace {

const auto zones = R"(
[zone."example.org"]
authentic = true
"@ MX" = ["20 b.example.org", "10 a.example.org."]
"_imaps._tcp SRV" = "0 1 993 imap.example.org"
"_pop3._tcp SRV" = "0 0 0 ."
"imap A" = "203.0.113.10"
"imap AAAA" = "2001:db8::10"
"alias CNAME" = "imap.example.org"
"away CNAME" = "host.example.net"
"loop CNAME" = "loop.example.org"
"broken A" = "servfail"
"half A" = "203.0.113.11"
"half AAAA" = "timeout"
"mute A" = "timeout"
"deep.below A" = "203.0.113.12"
"*.wild A" = "203.0.113.13"
"@ TXT" = "v=spf1 -all"

[zone."example.net"]
"host A" = "203.0.113.20"

[zone."sub.example.org"]
fault = "refused"
)";

NameReply asked(RecordType type, const std::string& name) { return look_up(world_from(zones), {type, name}); }
DnsAnswer answered(RecordType type, const std::string& name) { return std::get<DnsAnswer>(asked(type, name).answer); }
FailureKind failed(RecordType type, const std::string& name) {
  return std::get<Failure>(asked(type, name).answer).kind;
}

std::string refusal(const std::string& toml) {
  try {
    world_from(toml);
  } catch (const BadScenario& error) {
    return error.what();
  }
  return "";
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_name_without_records_of_the_type_exists_and_another_name_does_not) {
  BOOST_TEST(answered(RecordType::mx, "imap.example.org").exists);
  BOOST_TEST(answered(RecordType::mx, "imap.example.org").mx.empty());
  BOOST_TEST(!answered(RecordType::addresses, "smtp.example.org").exists);
}

BOOST_AUTO_TEST_CASE(records_come_as_written) {
  const auto mx = answered(RecordType::mx, "example.org").mx;
  BOOST_REQUIRE_EQUAL(mx.size(), 2U);
  BOOST_TEST(mx[0].preference == 20);
  BOOST_TEST(mx[1].exchange == "a.example.org");
  const auto srv = answered(RecordType::srv, "_imaps._tcp.example.org").srv;
  BOOST_TEST((srv == std::vector<SrvRecord>{{0, 1, 993, "imap.example.org"}}));
  BOOST_TEST(answered(RecordType::srv, "_pop3._tcp.example.org").srv.front().target.empty());
  BOOST_TEST(answered(RecordType::txt, "example.org").txt.front() == "v=spf1 -all");
}

BOOST_AUTO_TEST_CASE(both_address_families_come_together) {
  const auto expected = std::vector<std::string>{"2001:db8::10", "203.0.113.10"};
  BOOST_TEST(answered(RecordType::addresses, "imap.example.org").addresses == expected,
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_alias_leads_on_and_is_authentic_only_when_every_zone_is) {
  BOOST_TEST(answered(RecordType::addresses, "alias.example.org").authentic);
  const auto away = answered(RecordType::addresses, "away.example.org");
  BOOST_TEST(away.addresses.front() == "203.0.113.20");
  BOOST_TEST(!away.authentic);
}

BOOST_AUTO_TEST_CASE(D24_a_loop_of_aliases_is_an_error) {
  BOOST_TEST((failed(RecordType::addresses, "loop.example.org") == FailureKind::dns_failure));
}

BOOST_AUTO_TEST_CASE(faults_are_not_absences) {
  BOOST_TEST((failed(RecordType::addresses, "broken.example.org") == FailureKind::dns_failure));
  BOOST_TEST((failed(RecordType::mx, "any.sub.example.org") == FailureKind::dns_failure));
  BOOST_TEST(asked(RecordType::addresses, "mute.example.org").silent);
}

BOOST_AUTO_TEST_CASE(one_address_family_that_fails_leaves_the_other) {
  BOOST_TEST(answered(RecordType::addresses, "half.example.org").addresses.front() == "203.0.113.11");
}

BOOST_AUTO_TEST_CASE(an_empty_non_terminal_exists) {
  BOOST_TEST(answered(RecordType::addresses, "below.example.org").exists);
}

BOOST_AUTO_TEST_CASE(a_wildcard_stands_for_names_that_do_not_exist) {
  BOOST_TEST(answered(RecordType::addresses, "anything.wild.example.org").addresses.front() == "203.0.113.13");
  BOOST_TEST(answered(RecordType::addresses, "two.labels.wild.example.org").addresses.front() == "203.0.113.13");
  BOOST_TEST(!answered(RecordType::addresses, "elsewhere.example.org").exists);
}

BOOST_AUTO_TEST_CASE(a_name_outside_every_zone_is_unknown_to_the_world) {
  BOOST_CHECK_THROW(asked(RecordType::mx, "example.com"), UnknownToTheWorld);
}

BOOST_AUTO_TEST_CASE(a_certificate_covers_its_names_and_one_label_of_a_wildcard) {
  const Certificate certificate{{"mail.example.org", "*.example.net"}, CertificateVerdict::valid};
  BOOST_TEST((verdict(certificate, "mail.example.org") == CertificateVerdict::valid));
  BOOST_TEST((verdict(certificate, "imap.example.net") == CertificateVerdict::valid));
  BOOST_TEST((verdict(certificate, "a.imap.example.net") == CertificateVerdict::wrong_name));
  BOOST_TEST((verdict(certificate, "example.net") == CertificateVerdict::wrong_name));
}

BOOST_AUTO_TEST_CASE(documents_are_found_by_url_then_path_then_default) {
  const auto world = world_from(R"(
[zone."example.org"]
[host.web]
names = ["www.example.org"]
addresses = ["203.0.113.80"]
default-status = 404
[host.web.resources]
"/a" = 410
"/a?b=c" = 400
"https://other.example.org/a" = 301
)");
  const auto status = [&](const char* url) { return resource_at(world.hosts.front(), *Url::parse(url)).answer.status; };
  BOOST_TEST(status("https://www.example.org/a") == 410);
  BOOST_TEST(status("https://www.example.org/a?b=c") == 400);
  BOOST_TEST(status("https://www.example.org/a?x=y") == 410);
  BOOST_TEST(status("https://other.example.org/a") == 301);
  BOOST_TEST(status("https://www.example.org/b") == 404);
}

BOOST_AUTO_TEST_CASE(a_document_that_nobody_described_is_unknown_to_the_world) {
  const auto world = world_from(R"(
[zone."example.org"]
[host.web]
names = ["www.example.org"]
addresses = ["203.0.113.80"]
[host.web.resources]
"/a" = 410
)");
  BOOST_CHECK_THROW(resource_at(world.hosts.front(), *Url::parse("https://www.example.org/b")), UnknownToTheWorld);
}

BOOST_AUTO_TEST_CASE(what_the_scenario_misspells_is_refused_with_its_place) {
  BOOST_TEST(refusal("[netwrok]\n") == ": unknown key 'netwrok'");
  BOOST_TEST(refusal("[zone.\"a.org\"]\n\"x B\" = \"y\"") == "zone.a.org.x B: unknown record type");
  BOOST_TEST(refusal("[host.a]\naddresses = \"203.0.113.1\"\nports.99 = \"gopher\"") ==
             "host.a.ports.99.service: 'gopher' means nothing here");
  BOOST_TEST(refusal("[host.a]\naddresses = \"203.0.113.1\"\nnames = \"a.org\"") ==
             "host.a.names: no zone holds the name a.org");
  BOOST_TEST(refusal("[host.a]\naddresses = \"nowhere\"") == "host.a.addresses: nowhere is no address");
}
