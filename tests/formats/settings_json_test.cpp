// Settings as JSON: what the built-in data and other programs exchange.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include "formats/documents.h"
#include "mailconf/guide.h"

using namespace mailconf;
using namespace mailconf::test;
namespace data = boost::unit_test::data;

namespace {

const std::string minimal_json =
    R"({"id":"example.org","displayName":"Example Mail","displayShortName":"Example","domains":["example.org"],)"
    R"("incoming":[{"type":"imap","hostname":"imap.example.org","port":993,"socketType":"SSL",)"
    R"("authentication":["password-cleartext"],"username":"%EMAILADDRESS%"},)"
    R"({"type":"pop3","hostname":"pop.example.org","port":995,"socketType":"SSL",)"
    R"("authentication":["password-cleartext"],"username":"%EMAILLOCALPART%"}],)"
    R"("outgoing":[{"type":"smtp","hostname":"smtp.example.org","port":587,"socketType":"STARTTLS",)"
    R"("authentication":["password-cleartext"],"username":"%EMAILADDRESS%"}]})";

ReadSettings read_json(const std::string& text) {
  auto result = read_settings_json(text);
  BOOST_REQUIRE_MESSAGE(result, (result ? "" : result.error().text()));
  return *std::move(result);
}

std::string refusal_of(std::string_view text) {
  const auto result = read_settings_json(text);
  return result ? "accepted" : result.error().text();
}

struct Row {
  const char* code;
  const char* place;
  const char* from;
  const char* to;
};
std::ostream& operator<<(std::ostream& stream, const Row& row) { return stream << row.code << " " << row.to; }

const Row table[] = {
    {"unknown-server-type", "incoming[0].type", "\"imap\"", "\"imap5\""},
    {"unknown-server-type", "incoming[0].type", "\"imap\"", "\"smtp\""},
    {"unknown-server-type", "incoming[0].type", "\"imap\"", "5"},
    {"bad-hostname", "incoming[0].hostname", "imap.example.org", "imap_example"},
    {"bad-hostname", "incoming[0].hostname", "\"imap.example.org\"", "null"},
    {"bad-port", "incoming[0].port", "993", "0"},
    {"bad-port", "incoming[0].port", "993", "65536"},
    {"bad-port", "incoming[0].port", "993", "\"993\""},
    {"bad-port", "incoming[0].port", "993", "993.5"},
    {"bad-port", "incoming[0].port", "993", "1e400"},
    {"no-known-socket-type", "incoming[0].socketType", "\"SSL\"", "\"ssl3\""},
    {"no-usable-authentication", "incoming[0]", "[\"password-cleartext\"]", "[]"},
    {"unknown-authentication", "incoming[0].authentication", "[\"password-cleartext\"]", "[\"magic\", 1]"},
    {"bad-username", "incoming[0].username", "%EMAILADDRESS%", "a\\u0000b"},
    {"missing-value", "incoming[0]", R"({"type":"imap",)", R"(7,{"type":"imap",)"},
    {"bad-id", "id", "\"id\":\"example.org\"", "\"id\":\"an example\""},
    {"bad-domain", "domains", "[\"example.org\"]", "[\"example.org\",\"an example\"]"},
    {"bad-page-url", "webmail", "{\"id\"", "{\"webmail\":\"javascript:x\",\"id\""},
    {"bad-page-url", "oauth2.authURL", "{\"id\"", "{\"oauth2\":{\"authURL\":\"http://a.example/\"},\"id\""},
    {"bad-page-url", "documentation.url", "{\"id\"", "{\"documentation\":[1,{\"url\":\"x\"}],\"id\""},
    {"bad-url", "service[0].url", "{\"id\"",
     "{\"service\":[{\"type\":\"caldav\",\"url\":\"http://a.example/\"}],\"id\""},
    {"unknown-service-type", "service[0].type", "{\"id\"", "{\"service\":[{\"type\":\"x\"}],\"id\""},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(settings_as_json)

BOOST_AUTO_TEST_CASE(settings_have_the_names_of_a_domain_definition) {
  BOOST_TEST(write_settings_json(read(minimal_document).settings) == minimal_json);
}

BOOST_AUTO_TEST_CASE(what_is_written_is_read_back) {
  const auto document = read_json(minimal_json);
  BOOST_TEST((document.settings == read(minimal_document).settings));
  BOOST_TEST(document.diagnostics.empty());
}

BOOST_DATA_TEST_CASE(a_value_that_cannot_be_used_is_told_with_its_place, data::make(table), row) {
  const auto document = read_json(replaced(minimal_json, row.from, row.to));
  BOOST_REQUIRE(!document.diagnostics.empty());
  BOOST_TEST(document.diagnostics[0].code == row.code);
  BOOST_TEST(document.diagnostics[0].place == row.place);
  BOOST_TEST(document.settings.incoming.back().hostname == "pop.example.org");
}

BOOST_AUTO_TEST_CASE(settings_without_incoming_server_are_refused) {
  BOOST_TEST(refusal_of("{}") == "incoming: no usable server");
  BOOST_TEST(refusal_of(R"({"incoming":[{"type":"x"}]})") ==
             "incoming: no usable server (incoming[0].type: left out: the type \"x\" is not known here)");
}

BOOST_DATA_TEST_CASE(these_are_no_settings,
                     data::make({"", "[]", "null", "{", "{\"id\":}", "<xml/>", "{} {}", "{\"a\":\"\xff\"}"}), text) {
  BOOST_TEST(mentions(refusal_of(text), "the JSON is "));
}

BOOST_AUTO_TEST_CASE(a_subject_of_pages_is_handed_on_with_its_operator) {
  const GuideSubject subject{read_json(minimal_json).settings,
                             *DomainName::parse("example.org"),
                             {},
                             {"A \"B\" & Ö", "data:image/png;base64,AA==", "#1d4e89", "help@example.org", "+1 555 0100",
                              "https://www.example.org/help", " 9 to 5", "https://www.example.org/app"}};
  const auto read = read_guide_subject_json(write_guide_subject_json(subject));
  BOOST_REQUIRE_MESSAGE(read, (read ? "" : read.error().text()));
  BOOST_TEST((read->settings == subject.settings));
  BOOST_TEST((read->run_by == subject.run_by));
  BOOST_TEST((read->domain == subject.domain));
}

BOOST_AUTO_TEST_CASE(a_subject_without_a_domain_is_none) {
  BOOST_TEST(!read_guide_subject_json(minimal_json).has_value());
  BOOST_TEST(!read_guide_subject_json("{\"domain\": \"example.org\"}").has_value());
}

BOOST_AUTO_TEST_CASE(size_and_depth_are_bounded) {
  BOOST_TEST(mentions(refusal_of(std::string(300 * 1024, ' ')), "256 KiB"));
  BOOST_TEST(mentions(refusal_of(std::string(100000, '[')), "not well-formed"));
}

BOOST_AUTO_TEST_CASE(a_cut_document_is_an_error_not_a_crash) {
  for (std::size_t length = 0; length < minimal_json.size(); ++length) {
    const std::vector<char> cut(minimal_json.begin(), minimal_json.begin() + static_cast<std::ptrdiff_t>(length));
    BOOST_REQUIRE(!read_settings_json({cut.data(), cut.size()}).has_value());
  }
}

BOOST_AUTO_TEST_SUITE_END()
