// autoconfig XML as it is published.
#include "formats/documents.h"

using namespace mailconf;
using namespace mailconf::test;

namespace {

Settings settings() { return read(minimal_document).settings; }

Service service(ServiceType type, std::string url) {
  Service result;
  result.type = type;
  result.url = std::move(url);
  result.authentication = {Authentication::http_basic};
  result.username = "%EMAILADDRESS%";
  return result;
}

std::size_t position(std::string_view text, std::string_view part) {
  const auto at = text.find(part);
  BOOST_REQUIRE_MESSAGE(at != text.npos, "not written: " << part);
  return at;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(autoconfig_writer)

BOOST_AUTO_TEST_CASE(version_1_1_is_what_all_clients_read) {
  const auto comment = minimal_document.find("    <!--");
  auto expected = minimal_document;
  expected.erase(comment, expected.find('\n', comment) + 1 - comment);
  BOOST_TEST(write_autoconfig_xml(settings()) == expected);
}

BOOST_AUTO_TEST_CASE(row_34_the_document_has_all_that_strict_clients_want) {
  auto given = settings();
  given.provider.display_name.clear();
  const auto document = write_autoconfig_xml(given);
  BOOST_TEST(mentions(document, "<emailProvider id=\"example.org\">"));
  BOOST_TEST(mentions(document, "<domain>example.org</domain>"));
  BOOST_TEST(mentions(document, "<displayName>example.org</displayName>"));
}

BOOST_AUTO_TEST_CASE(row_36_authentication_has_the_name_that_every_client_knows) {
  const auto document = write_autoconfig_xml(read(edited("password-cleartext", "plain")).settings);
  BOOST_TEST(!mentions(document, ">plain<"));
  BOOST_TEST(mentions(document, "<authentication>password-cleartext</authentication>"));
}

BOOST_AUTO_TEST_CASE(row_37_servers_stand_in_the_order_of_the_settings) {
  auto given = settings();
  std::swap(given.incoming[0], given.incoming[1]);
  const auto document = write_autoconfig_xml(given);
  BOOST_TEST(position(document, "pop.example.org") < position(document, "imap.example.org"));
}

BOOST_AUTO_TEST_CASE(row_38_placeholders_are_left_for_the_client) {
  BOOST_TEST(mentions(write_autoconfig_xml(settings()), "<username>%EMAILLOCALPART%</username>"));
}

BOOST_AUTO_TEST_CASE(row_40_calendars_and_address_books_stand_beside_the_provider) {
  auto given = settings();
  given.services = {service(ServiceType::caldav, "https://dav.example.org/c/"),
                    service(ServiceType::carddav, "https://dav.example.org/a/")};
  const auto old = write_autoconfig_xml(given);
  BOOST_TEST(position(old, "</emailProvider>") < position(old, "<calendar type=\"caldav\">"));
  BOOST_TEST(mentions(old, "<addressBook type=\"carddav\">\n    <serverURL>https://dav.example.org/a/</serverURL>"));
  BOOST_TEST(mentions(old, "<authentication>http-basic</authentication>"));
  const auto current = write_autoconfig_xml(given, AutoconfigVersion::v1_2);
  BOOST_TEST(mentions(current, "<clientConfig version=\"1.2\">"));
  BOOST_TEST(mentions(current, "<addressbook type=\"carddav\">\n    <url>https://dav.example.org/a/</url>"));
  BOOST_TEST(mentions(current, "<authentication system=\"http\">Basic</authentication>"));
}

BOOST_AUTO_TEST_CASE(no_value_can_break_out_of_its_place) {
  auto given = settings();
  given.provider.display_name = "</displayName><incomingServer type=\"imap\">&\"'";
  given.incoming[0].username = "a\"b<c>&d";
  given.documentation = {{"https://example.org/?a=1&b=\"2\"", {{"en", "1 < 2 & 3"}}}};
  const auto back = read(write_autoconfig_xml(given)).settings;
  BOOST_TEST(back.provider.display_name == given.provider.display_name);
  BOOST_TEST(back.incoming[0].username == given.incoming[0].username);
  BOOST_TEST(back.documentation[0].descriptions[0].text == "1 < 2 & 3");
  BOOST_TEST(back.incoming.size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
