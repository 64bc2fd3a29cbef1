// Every oddity that is tolerated: the edit of the minimal document that brings it about, and what is told.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include "formats/documents.h"
#include "formats/oddities.h"

using namespace mailconf;
using namespace mailconf::test;
namespace data = boost::unit_test::data;

namespace {

struct Row {
  const char* code;
  const char* place;
  const char* from;
  const char* to;
};
std::ostream& operator<<(std::ostream& stream, const Row& row) { return stream << row.code; }

const Row table[] = {
    {"unknown-server-type", "line 7, incomingServer 1", "type=\"imap\"", "type=\"imap5\""},
    {"unknown-service-type", "line 30, calendar", "</clientConfig>", "<calendar type=\"x\"/></clientConfig>"},
    {"missing-value", "line 7, incomingServer 1", "<port>993</port>", ""},
    {"bad-hostname", "line 15, incomingServer 2", "pop.example.org", "pop_example"},
    {"bad-port", "line 15, incomingServer 2", "995", "0"},
    {"bad-url", "line 30, calendar", "</clientConfig>",
     "<calendar type=\"caldav\"><url>ftp://a.example/</url></calendar></clientConfig>"},
    {"bad-username", "line 7, incomingServer 1", "%EMAILADDRESS%", "a&#x85;b"},
    {"no-known-socket-type", "line 7, incomingServer 1", "SSL", "quantum"},
    {"no-usable-authentication", "line 7, incomingServer 1", "password-cleartext", "http-basic"},
    {"unknown-socket-type", "line 7, incomingServer 1", "<socketType>", "<socketType>x</socketType><socketType>"},
    {"unknown-authentication", "line 7, incomingServer 1", "<authentication>",
     "<authentication>x</authentication><authentication>"},
    {"login-required", "line 7, incomingServer 1", "<authentication>",
     "<authentication>none</authentication><authentication>"},
    {"plain-socket", "line 7, incomingServer 1", "SSL", "plain"},
    {"deprecated-value", "line 7, incomingServer 1", "password-cleartext", "secure"},
    {"repeated-element", "line 7, incomingServer 1", "<port>", "<port>993</port><port>"},
    {"unclosed-placeholder", "line 15, incomingServer 2", "%EMAILLOCALPART%", "%EMAILLOCALPART"},
    {"letter-case", "line 7, incomingServer 1", "<port>993</port>", "<Port>993</Port>"},
    {"missing-id", "line 3, emailProvider", " id=\"example.org\"", ""},
    {"bad-id", "line 3, emailProvider", "id=\"example.org\"", "id=\"an example\""},
    {"missing-domain", "line 3, emailProvider", "<domain>example.org</domain>", ""},
    {"bad-domain", "line 4, domain", "<domain>", "<domain>an example</domain><domain>"},
    {"domain-not-listed", "line 3, emailProvider", "<domain>example.org", "<domain>example.net"},
    {"several-providers", "line 3, emailProvider", "</clientConfig>", "<emailProvider/></clientConfig>"},
    {"missing-display-name", "line 3, emailProvider", "<displayName>Example Mail</displayName>", ""},
    {"markup-in-text", "line 5, displayName", "Example Mail", "<i>Example</i>"},
    {"missing-outgoing", "line 3, emailProvider", "type=\"smtp\"", "type=\"uucp\""},
    {"bad-page-url", "line 29, documentation", "</emailProvider>",
     "<documentation url=\"javascript:x\"/></emailProvider>"},
    {"bad-oauth2", "line 30, oAuth2", "</clientConfig>",
     "<oAuth2><tokenURL>http://a.example/</tokenURL></oAuth2></clientConfig>"},
};

}  // namespace

BOOST_DATA_TEST_CASE(each_oddity_is_tolerated_and_told, data::make(table), row) {
  const auto document = read(edited(row.from, row.to));
  std::vector<std::string> places;
  for (const auto& diagnostic : document.diagnostics) {
    if (diagnostic.code == row.code) places.push_back(diagnostic.place);
  }
  expect_lines(places, {row.place});
}

BOOST_AUTO_TEST_CASE(the_table_is_complete) {
  BOOST_TEST(std::size(table) == static_cast<std::size_t>(Oddity::bad_oauth2) + 1);
}

BOOST_AUTO_TEST_CASE(a_diagnostic_quotes_what_stands_in_the_file) {
  const auto document = read(edited("type=\"imap\"", "type=\"imap&#x9b;5\""));
  BOOST_REQUIRE(document.diagnostics.size() == 1U);
  BOOST_TEST(document.diagnostics[0].message == "left out: the type \"imap?5\" is not known here");
}

BOOST_AUTO_TEST_CASE(thousands_of_oddities_are_told_by_the_first_hundred) {
  std::string many;
  for (int i = 0; i < 5000; ++i) many += "<domain>-</domain>";
  BOOST_TEST(read(edited("<domain>", many + "<domain>")).diagnostics.size() == 100U);
}
