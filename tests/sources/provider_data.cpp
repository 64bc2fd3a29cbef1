#include "sources/provider_data.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>

#include "mailconf/formats.h"
#include "model/text.h"
#include "model/url.h"
#include "sources/questions.h"

using namespace mailconf;
using namespace mailconf::test;

namespace {

std::string content(const std::string& file) {
  std::ifstream stream(PROJECT_DATA "/providers/" + file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::string_view> lines(std::string_view text) {
  auto all = split(text, '\n');
  if (!all.empty() && all.back().empty()) all.pop_back();
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(provider_data)

BOOST_AUTO_TEST_CASE(every_listed_domain_is_found_and_belongs_to_what_is_found) {
  const std::string domains = content("domains.tsv");
  BOOST_TEST(lines(domains).size() == 983U);
  for (const auto line : lines(domains)) {
    const auto domain = DomainName::parse(split(line, '\t').at(0));
    BOOST_REQUIRE_MESSAGE(domain, line);
    const auto settings = ProviderData::builtin().find(*domain);
    BOOST_REQUIRE_MESSAGE(settings, line);
    const auto& listed = settings->provider.domains;
    BOOST_TEST((std::find(listed.begin(), listed.end(), *domain) != listed.end()), line);
  }
}

BOOST_AUTO_TEST_CASE(every_provider_is_read_without_a_diagnostic_and_has_servers_of_both_directions) {
  const std::string facts = content("providers.jsonl");
  BOOST_TEST(lines(facts).size() == 180U);
  for (const auto line : lines(facts)) {
    const auto read = read_settings_json(line);
    BOOST_REQUIRE_MESSAGE(read, line);
    for (const auto& odd : read->diagnostics)
      BOOST_ERROR(read->settings.provider.id + ": " + odd.place + ": " + odd.message);
    BOOST_TEST(!read->settings.incoming.empty(), line);
    BOOST_TEST(!read->settings.outgoing.empty(), line);
  }
}

BOOST_AUTO_TEST_CASE(user_names_hold_whole_placeholders) {
  BOOST_TEST(content("providers.jsonl").find("\"%EMAILADDRESS\"") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_not_listed_is_not_found) {
  for (const char* domain : {"example.org", "0.example", "zzzz.zz", "mail.gmail.com", "gmail.co", "gmail.comm"}) {
    BOOST_TEST(!ProviderData::builtin().find(name(domain)));
  }
}

BOOST_AUTO_TEST_CASE(oauth2_enable_and_the_domains_of_mx_hosts_are_kept) {
  const auto google = ProviderData::builtin().find(name("gmail.com"));
  BOOST_REQUIRE(google);
  BOOST_REQUIRE(google->oauth2);
  BOOST_TEST(google->oauth2->token_url == "https://www.googleapis.com/oauth2/v3/token");
  BOOST_TEST(google->oauth2->scope.starts_with("https://mail.google.com/ "));
  BOOST_REQUIRE(google->enable.size() == 1U);
  BOOST_TEST(google->enable[0].visit_url.starts_with("https://mail.google.com/"));
  BOOST_REQUIRE(google->provider.mx_domains.size() == 1U);
  BOOST_TEST(google->provider.mx_domains[0].ascii() == "google.com");
}

BOOST_AUTO_TEST_CASE(the_issuer_of_tokens_is_known_by_the_name_of_the_host_or_one_above_it) {
  const auto& data = ProviderData::builtin();
  BOOST_TEST(data.sign_in(name("imap.gmail.com")).value().issuer == "accounts.google.com");
  BOOST_TEST(data.sign_in(name("outlook.office365.com")).value().scope.ends_with(" offline_access"));
  BOOST_TEST(data.sign_in(name("imap.fastmail.com")).value().token_url == "https://api.fastmail.com/oauth/refresh");
  for (const char* host : {"fastmail.com", "notgmail.com", "gmail.com.example.org", "imap.example.org"}) {
    BOOST_TEST(!data.sign_in(name(host)), host);
  }
}

BOOST_AUTO_TEST_CASE(the_endpoints_of_every_issuer_are_encrypted) {
  const std::string text = content("oauth2.tsv");
  for (const auto line : lines(text)) {
    const auto fields = split(line, '\t');
    BOOST_REQUIRE_MESSAGE(fields.size() == 5U, line);
    BOOST_TEST(DomainName::parse(fields[0]).value().ascii() == fields[0]);
    for (const auto url : {fields[2], fields[3]}) BOOST_TEST(Url::parse(url).value().https, line);
  }
}

BOOST_AUTO_TEST_CASE(what_users_must_do_first_is_told_with_the_month_of_the_last_look) {
  const auto& data = ProviderData::builtin();
  const auto notes = data.notes(name("yandex.ru"));
  BOOST_REQUIRE(notes.size() == 2U);
  BOOST_TEST(notes[0].kind == "enable-imap");
  BOOST_TEST(notes[1].kind == "app-password");
  BOOST_TEST(notes[0].url == "https://yandex.ru/");
  BOOST_TEST(notes[0].checked == "2020-03");
  BOOST_TEST(data.notes(name("protonmail.ch")).at(0).kind == "bridge");
  BOOST_TEST(data.notes(name("example.org")).empty());
  BOOST_TEST(data.notes(name("mail.yandex.ru")).empty());
}

BOOST_AUTO_TEST_CASE(D19_mail_filters_are_known_by_the_domain_of_their_hosts) {
  const auto& data = ProviderData::builtin();
  BOOST_TEST(data.gateway(name("mxa-00a1b2.pphosted.com")).value() == "Proofpoint");
  BOOST_TEST(data.gateway(name("eu-smtp-inbound-1.mimecast.com")).value() == "Mimecast");
  for (const char* host : {"aspmx.l.google.com", "notmimecast.com", "mimecast.com.example.org"}) {
    BOOST_TEST(!data.gateway(name(host)), host);
  }
}

BOOST_AUTO_TEST_CASE(every_file_of_facts_is_sorted_and_has_as_many_fields_as_are_read) {
  const std::pair<const char*, std::size_t> files[] = {
      {"domains.tsv", 2}, {"oauth2.tsv", 5}, {"notes.tsv", 4}, {"gateways.tsv", 2}};
  for (const auto& [file, fields] : files) {
    const std::string text = content(file);
    const auto all = lines(text);
    BOOST_TEST(std::is_sorted(all.begin(), all.end()), file);
    for (const auto line : all) BOOST_TEST(split(line, '\t').size() == fields, line);
  }
}

BOOST_AUTO_TEST_CASE(a_damaged_index_finds_nothing_and_does_no_harm) {
  const std::string facts = content("providers.jsonl");
  for (const char* index : {"", "\n", "example.org", "example.org\t", "example.org\t0\n", "example.org\tx\n",
                            "example.org\t999\n", "example.org\t99999999999999999999999\n"}) {
    BOOST_TEST(!ProviderData({.domains = index, .settings = facts}).find(name("example.org")));
  }
  BOOST_TEST(!ProviderData({.domains = "example.org\t1\n", .settings = "{"}).find(name("example.org")));
  BOOST_TEST(ProviderData({.domains = "example.org\t1", .settings = facts}).find(name("example.org")).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
