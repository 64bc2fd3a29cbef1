// The exports that are documents: they are read back.
#include <boost/test/unit_test.hpp>
#include <set>

#include "accounts.h"
#include "formats/xml.h"
#include "mailconf/formats.h"

using namespace mailconf;
using namespace accounts;

namespace {

std::string text_of(std::string_view target, const Configuration& configuration, const EmailAddress& address) {
  const auto exported = export_settings(target, configuration, address);
  if (!exported) BOOST_FAIL(exported.error().text());
  return exported->text;
}

// The values of a dictionary of a property list, those in its array included.
void collect(const xml::Element& dict, std::map<std::string, std::vector<std::string>>& values) {
  const auto children = dict.children();
  for (std::size_t i = 0; i + 1 < children.size(); i += 2) {
    const auto& value = children[i + 1];
    const bool flag = value.is("true") || value.is("false");
    values[children[i].text()].push_back(flag ? std::string(value.name()) : value.whole_text());
    for (const auto& inner : value.children("dict")) collect(inner, values);
  }
}

std::map<std::string, std::vector<std::string>> profile(const Configuration& configuration,
                                                        const EmailAddress& address) {
  std::string text = text_of("apple", configuration, address);
  // Our reader refuses every DOCTYPE.
  const auto begin = text.find("<!DOCTYPE");
  BOOST_REQUIRE(begin != std::string::npos);
  text.erase(begin, text.find('>', begin) + 1 - begin);
  const auto document = xml::Document::parse(text);
  BOOST_REQUIRE(document.has_value());
  std::map<std::string, std::vector<std::string>> values;
  collect(*document->root().child("dict"), values);
  return values;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(documents)

BOOST_AUTO_TEST_CASE(autoconfig_is_read_back_with_the_same_servers_and_for_the_domain_of_the_address) {
  const auto read = read_autoconfig_xml(text_of("thunderbird", odd(), address()), address().domain());
  BOOST_REQUIRE(read.has_value());
  BOOST_TEST(read->settings.incoming.front().username == kOdd);
  BOOST_TEST(read->settings.outgoing.front().hostname == "smtp.example.org");
  BOOST_CHECK(read->settings.provider.domains == std::vector{address().domain()});
}

BOOST_AUTO_TEST_CASE(json_is_read_back_with_the_same_servers) {
  const auto read = read_settings_json(text_of("json", odd(), address()));
  BOOST_REQUIRE(read.has_value());
  BOOST_TEST(read->settings.incoming.front().username == kOdd);
  BOOST_TEST(read->settings.outgoing.size() == 1u);
}

BOOST_AUTO_TEST_CASE(documents_with_all_servers_leave_out_those_in_clear_and_those_that_failed_their_proof) {
  auto refused = pop3();
  refused.proof.outcome = ProofOutcome::refused;
  const auto configuration = accounts::configuration({imap(SocketType::plain), refused, imap()}, {smtp()});
  for (const char* target : {"json", "thunderbird"}) {
    const std::string text = text_of(target, configuration, address());
    for (const char* left_out : {"pop.example.org", "143"}) BOOST_TEST(text.find(left_out) == std::string::npos, text);
    BOOST_TEST(text.find("993") != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(json_of_an_account_that_only_sends_is_written_all_the_same) {
  const auto exported = export_settings("json", configuration({}, {smtp()}), address());
  BOOST_REQUIRE(exported.has_value());
  BOOST_TEST(!exported->complete);
}

BOOST_AUTO_TEST_CASE(a_profile_asks_for_tls_and_for_one_password) {
  const auto values = profile(simple(), address());
  for (const char* key :
       {"IncomingMailServerUseSSL", "OutgoingMailServerUseSSL", "OutgoingPasswordSameAsIncomingPassword"}) {
    BOOST_TEST(values.at(key) == std::vector<std::string>{"true"}, boost::test_tools::per_element());
  }
  BOOST_TEST(values.count("IncomingPassword") == 0u);
}

BOOST_AUTO_TEST_CASE(the_identifiers_of_a_profile_are_the_same_every_time_and_differ_between_accounts) {
  BOOST_TEST(text_of("apple", simple(), address()) == text_of("apple", simple(), address()));
  std::set<std::string> uuids;
  for (const char* each : {"alice@example.org", "bob@example.org"}) {
    const auto values = profile(simple(), address(each));
    uuids.insert(values.at("PayloadUUID").begin(), values.at("PayloadUUID").end());
  }
  BOOST_TEST(uuids.size() == 4u);
  for (const auto& uuid : uuids) BOOST_TEST(uuid.at(14) == '5', uuid << " is not of version 5");
}

BOOST_AUTO_TEST_CASE(the_identifier_of_a_profile_does_not_tell_the_local_part) {
  const auto values = profile(simple(), address());
  for (const auto& identifier : values.at("PayloadIdentifier")) {
    BOOST_TEST(identifier.starts_with("org.example.mailconf."));
    BOOST_TEST(identifier.find("alice") == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(a_profile_names_cram_md5_only_where_the_server_has_shown_it) {
  auto configuration = simple();
  configuration.incoming.front().server.authentication = {Authentication::password_encrypted};
  configuration.outgoing.front().server.authentication = {Authentication::password_encrypted};
  configuration.outgoing.front().proof.mechanisms = {"CRAM-MD5"};
  const auto values = profile(configuration, address());
  BOOST_TEST(values.at("IncomingMailServerAuthentication").front() == "EmailAuthPassword");
  BOOST_TEST(values.at("OutgoingMailServerAuthentication").front() == "EmailAuthCRAMMD5");
}

BOOST_AUTO_TEST_CASE(a_profile_sets_up_calendars_and_contacts_as_well) {
  auto configuration = simple();
  const auto service = [](ServiceType type, const std::string& url, Authentication sign_in) {
    return FoundService{{type, url, "", 0, SocketType::ssl, {sign_in}, "alice@example.org"}, "", "srv"};
  };
  configuration.services = {
      service(ServiceType::caldav, "https://dav.example.org:8443/calendars/", Authentication::http_basic),
      service(ServiceType::carddav, "https://dav.example.org/", Authentication::oauth2)};
  const auto values = profile(configuration, address());
  BOOST_TEST(values.at("CalDAVHostName").front() == "dav.example.org");
  BOOST_TEST(values.at("CalDAVPort").front() == "8443");
  BOOST_TEST(values.at("CalDAVUseSSL").front() == "true");
  BOOST_TEST(values.at("CalDAVUsername").front() == "alice@example.org");
  BOOST_TEST(values.at("CalDAVPrincipalURL").front() == "/calendars/");
  BOOST_CHECK(!values.contains("CardDAVHostName"));
  const auto& uuids = values.at("PayloadUUID");
  BOOST_TEST(std::set(uuids.begin(), uuids.end()).size() == 3U);
}

BOOST_AUTO_TEST_SUITE_END()
