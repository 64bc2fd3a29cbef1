// The JSON of PACC (draft-ietf-mailmaint-pacc): one edit each to one minimal document, and whole documents.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include "formats/documents.h"

using namespace mailconf;
using namespace mailconf::test;
namespace data = boost::unit_test::data;

namespace {

const std::string folder = TEST_DATA "/corpus/pacc/";

const std::string minimal =
    R"({"protocols":{"imap":{"host":"imap.example.org"},"submit":{"host":"smtp.example.org"},)"
    R"("caldav":{"url":"https://dav.example.org/cal/"}},)"
    R"("authentication":{"oauth-public":{"issuer":"https://auth.example.org"},"password":true},)"
    R"("info":{"provider":{"name":"Example Mail"},"help":{"documentation":"https://help.example.org/"}}})";

Result<ReadSettings> read_pacc(std::string_view text) { return read_pacc_json(text, domain("example.org")); }

ReadSettings read_file(const std::string& name) {
  auto result = read_pacc(file_contents(folder + name));
  BOOST_REQUIRE_MESSAGE(result, (result ? "" : result.error().text()));
  return *std::move(result);
}

std::vector<std::string> codes_of(const ReadSettings& document) {
  std::vector<std::string> codes;
  for (const auto& each : document.diagnostics) codes.push_back(each.code + " " + each.place);
  return codes;
}

struct Row {
  const char* code;
  const char* place;
  const char* from;
  const char* to;
};
std::ostream& operator<<(std::ostream& stream, const Row& row) { return stream << row.code << " " << row.to; }

const Row tolerated[] = {
    {"bad-hostname", "protocols.imap.host", "\"imap.example.org\"},",
     "\"192.0.2.1\"},\"pop3\":{\"host\":\"a.example\"},"},
    {"bad-hostname", "protocols.imap.host", "\"imap.example.org\"},", "7},\"pop3\":{\"host\":\"a.example\"},"},
    {"missing-outgoing", "protocols", "\"submit\"", "\"future\""},
    {"bad-url", "protocols.caldav.url", "https://dav", "http://dav"},
    {"bad-oauth2", "authentication.oauth-public.issuer", "https://auth.example.org", "http://auth.example.org"},
    {"bad-oauth2", "authentication.oauth-public.issuer", "https://auth.example.org", "https://auth.example.org/#a"},
    {"missing-display-name", "info.provider.name", "\"name\"", "\"title\""},
    {"bad-page-url", "info.help.documentation", "https://help", "ftp://help"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(pacc_json)

BOOST_AUTO_TEST_CASE(servers_have_the_registered_ports_tls_from_the_first_octet_and_the_address_as_user_name) {
  const auto settings = read_pacc(minimal)->settings;
  const std::vector ways{Authentication::oauth2, Authentication::password_cleartext};
  const Server imap{ServerType::imap, "imap.example.org", 993, SocketType::ssl, ways, "%EMAILADDRESS%", ""};
  const Server smtp{ServerType::smtp, "smtp.example.org", 465, SocketType::ssl, ways, "%EMAILADDRESS%", ""};
  BOOST_TEST((settings.incoming == std::vector{imap}));
  BOOST_TEST((settings.outgoing == std::vector{smtp}));
  BOOST_TEST(settings.provider.display_name == "Example Mail");
  BOOST_TEST(settings.provider.id == "example.org");
}

BOOST_AUTO_TEST_CASE(the_issuer_is_kept_as_it_stands) {
  BOOST_TEST(read_pacc(minimal)->settings.oauth2->issuer == "https://auth.example.org");
  BOOST_TEST(read_file("whole.json").settings.oauth2->issuer == "https://auth.example.com/");
}

BOOST_AUTO_TEST_CASE(a_whole_document_gives_all_that_can_be_used) {
  const auto document = read_file("whole.json");
  const auto& settings = document.settings;
  BOOST_TEST(settings.incoming.size() == 3U);
  BOOST_TEST((settings.incoming.back().type == ServerType::jmap));
  BOOST_TEST(settings.outgoing.at(0).hostname == "smtp.example.com");
  BOOST_TEST(settings.outgoing.size() == 1U);
  BOOST_TEST((settings.incoming.at(0).authentication == std::vector{Authentication::oauth2}));
  BOOST_TEST(settings.services.size() == 3U);
  BOOST_TEST(settings.documentation.at(0).url == "https://help.example.net/howto.html");
  BOOST_TEST(codes_of(document).empty());
}

BOOST_AUTO_TEST_CASE(a_document_of_an_earlier_draft_calls_submission_smtp) {
  const auto document = read_file("draft-02.json");
  BOOST_TEST(document.settings.outgoing.at(0).hostname == "smtp.example.test");
  BOOST_TEST(codes_of(document).empty());
}

BOOST_AUTO_TEST_CASE(without_a_word_on_signing_in_a_password_is_tried) {
  const auto settings = read_file("minimal.json").settings;
  BOOST_TEST((settings.incoming.at(0).authentication == std::vector{Authentication::password_cleartext}));
  BOOST_TEST(!settings.oauth2);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_used_is_left_out_and_told) {
  const auto document = read_file("odd.json");
  BOOST_TEST(document.settings.incoming.size() == 1U);
  BOOST_TEST(document.settings.incoming.at(0).hostname == "pop.example.com");
  BOOST_TEST(document.settings.outgoing.empty());
  BOOST_TEST(document.settings.services.empty());
  BOOST_TEST(!document.settings.oauth2);
  BOOST_TEST(document.diagnostics.size() == 8U);
}

BOOST_AUTO_TEST_CASE(a_document_of_services_alone_is_read) {
  const auto settings = read_file("services-only.json").settings;
  BOOST_TEST(settings.incoming.empty());
  BOOST_TEST(settings.services.at(0).url == "https://dav.example.com/");
}

BOOST_DATA_TEST_CASE(an_oddity_is_tolerated_and_told, data::make(tolerated), row) {
  auto text = minimal;
  const auto at = text.find(row.from);
  BOOST_REQUIRE(at != text.npos);
  const auto document = read_pacc(text.replace(at, std::string_view(row.from).size(), row.to));
  BOOST_REQUIRE_MESSAGE(document, (document ? "" : document.error().text()));
  const std::vector<std::string> expected{std::string(row.code) + " " + row.place};
  BOOST_TEST(codes_of(*document) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_no_document_is_an_error) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder + "refused")) {
    BOOST_TEST(!read_pacc(file_contents(entry.path())).has_value(), entry.path().string());
    ++files;
  }
  BOOST_TEST(files == 8U);
}

BOOST_AUTO_TEST_CASE(a_document_without_a_way_to_sign_in_is_refused) {
  BOOST_TEST(read_pacc(file_contents(folder + "refused/no-sign-in.json")).error().place == "authentication");
}

BOOST_AUTO_TEST_SUITE_END()
