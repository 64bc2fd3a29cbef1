// What an Autodiscover service reads and answers: questions as clients send them, and settings as answers.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include "formats/documents.h"
#include "mailconf/publishing.h"

using namespace mailconf;
using namespace mailconf::test;
namespace data = boost::unit_test::data;

namespace {

const std::string outlook = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";
const std::string mobilesync = "http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006";

std::string asking(const std::string& schema) {
  return "<Autodiscover><Request><EMailAddress>a@example.org</EMailAddress><AcceptableResponseSchema>" + schema +
         "</AcceptableResponseSchema></Request></Autodiscover>";
}

AutodiscoverSchema schema_of(const std::string& question) {
  const auto read = read_autodiscover_request(question);
  BOOST_TEST_REQUIRE(read.has_value());
  return read->schema;
}

std::string address_of(const std::string& question) {
  const auto read = read_autodiscover_request(question);
  BOOST_TEST_REQUIRE(read.has_value());
  return read->address;
}

Server server(ServerType type, std::uint16_t port, SocketType socket) {
  return {type,   std::string(to_string(type)) + ".example.org", port,
          socket, {Authentication::password_cleartext},          "%EMAILADDRESS%",
          ""};
}

Settings minimal() {
  Settings settings;
  settings.provider.id = "example.org";
  settings.provider.display_name = "Example";
  settings.incoming = {server(ServerType::imap, 993, SocketType::ssl)};
  settings.outgoing = {server(ServerType::smtp, 465, SocketType::ssl)};
  return settings;
}

std::string written(const Settings& settings, LoginNames login_names = LoginNames::told) {
  const auto text = write_autodiscover_xml(settings, login_names);
  BOOST_TEST_REQUIRE(text.has_value());
  return *text;
}

Settings read_back(const std::string& text) {
  auto answer = read_autodiscover_xml(text, domain("example.org"));
  BOOST_TEST_REQUIRE(answer.has_value());
  BOOST_TEST_REQUIRE(answer->document.has_value());
  for (const auto& remark : answer->document->diagnostics) BOOST_ERROR(remark.place + ": " + remark.message);
  return answer->document->settings;
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t number = 0;
  for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++number;
  return number;
}

bool holds(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

struct Encrypted {
  std::uint16_t port;
  SocketType socket;
  const char* ssl;
  const char* encryption;
};
std::ostream& operator<<(std::ostream& stream, const Encrypted& row) { return stream << row.port; }
const Encrypted encrypted[] = {{993, SocketType::ssl, "<SSL>on</SSL>", "<Encryption>SSL</Encryption>"},
                               {143, SocketType::starttls, "<SSL>on</SSL>", "<Encryption>TLS</Encryption>"},
                               {143, SocketType::plain, "<SSL>off</SSL>", "<Encryption>None</Encryption>"}};

}  // namespace

BOOST_AUTO_TEST_SUITE(autodiscover_questions)

BOOST_AUTO_TEST_CASE(what_the_own_client_asks_is_understood) {
  const auto read =
      read_autodiscover_request(write_autodiscover_request(EmailAddress::parse("a&b@example.org").value()));
  BOOST_TEST_REQUIRE(read.has_value());
  BOOST_TEST(read->address == "a&b@example.org");
  BOOST_TEST((read->schema == AutodiscoverSchema::outlook));
}

BOOST_AUTO_TEST_CASE(the_answer_that_is_wanted_is_named_in_several_ways) {
  BOOST_TEST((schema_of(asking(outlook)) == AutodiscoverSchema::outlook));
  BOOST_TEST((schema_of(asking(replaced(outlook, "2006a", "2006"))) == AutodiscoverSchema::outlook));
  BOOST_TEST((schema_of(asking(replaced(outlook, "http:", "https:"))) == AutodiscoverSchema::outlook));
  BOOST_TEST((schema_of(asking(mobilesync)) == AutodiscoverSchema::mobilesync));
  BOOST_TEST((schema_of(asking("http://x/")) == AutodiscoverSchema::other));
}

BOOST_AUTO_TEST_CASE(without_it_the_namespace_of_the_question_counts) {
  const std::string request = "<Request><EMailAddress>a@example.org</EMailAddress></Request></Autodiscover>";
  BOOST_TEST((schema_of("<Autodiscover>" + request) == AutodiscoverSchema::outlook));
  BOOST_TEST((schema_of("<Autodiscover xmlns='" + replaced(mobilesync, "response", "request") + "'>" + request) ==
              AutodiscoverSchema::mobilesync));
}

BOOST_AUTO_TEST_CASE(order_prefixes_and_unknown_elements_do_not_count) {
  BOOST_TEST(address_of("<a:Autodiscover xmlns:a='x'><a:Request><a:AcceptableResponseSchema>" + outlook +
                        "</a:AcceptableResponseSchema><a:LegacyDN>/o=x</a:LegacyDN><a:More/>"
                        "<a:EMailAddress> a@example.org </a:EMailAddress></a:Request></a:Autodiscover>") ==
             "a@example.org");
}

BOOST_AUTO_TEST_CASE(a_question_without_an_address_is_a_question) {
  BOOST_TEST(address_of("<Autodiscover><Request/></Autodiscover>").empty());
}

BOOST_AUTO_TEST_CASE(what_is_no_question_is_refused) {
  for (const std::string bytes :
       {"", "<Autodiscover><Request>", "<html></html>", "{}", "<Autodiscover/>", "<Request/>"})
    BOOST_TEST(!read_autodiscover_request(bytes).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(autodiscover_answers)

BOOST_AUTO_TEST_CASE(the_servers_are_read_back_as_they_were) {
  auto settings = minimal();
  settings.incoming.push_back(server(ServerType::pop3, 995, SocketType::ssl));
  const auto again = read_back(written(settings));
  BOOST_TEST((again.incoming == settings.incoming));
  BOOST_TEST((again.outgoing == settings.outgoing));
}

BOOST_DATA_TEST_CASE(encryption_is_said_in_the_words_of_outlook, data::make(encrypted), row) {
  auto settings = minimal();
  settings.incoming = {server(ServerType::imap, row.port, row.socket)};
  settings.outgoing.clear();
  const auto text = written(settings);
  BOOST_TEST(holds(text, row.ssl));
  BOOST_TEST(holds(text, row.encryption));
}

BOOST_AUTO_TEST_CASE(the_encrypted_server_of_a_protocol_is_the_one_that_is_told) {
  auto settings = minimal();
  settings.incoming = {server(ServerType::imap, 143, SocketType::plain),
                       server(ServerType::imap, 143, SocketType::starttls),
                       server(ServerType::imap, 993, SocketType::ssl)};
  const auto again = read_back(written(settings));
  BOOST_TEST_REQUIRE(again.incoming.size() == 1U);
  BOOST_TEST(again.incoming.front().port == 993);
}

BOOST_AUTO_TEST_CASE(secure_password_authentication_is_off_where_passwords_are_taken) {
  auto settings = minimal();
  settings.incoming.front().authentication = {Authentication::gssapi, Authentication::password_encrypted};
  BOOST_TEST(count(written(settings), "<SPA>off</SPA>") == 2U);
  settings.incoming.front().authentication = {Authentication::ntlm};
  BOOST_TEST(count(written(settings), "<SPA>on</SPA>") == 1U);
}

BOOST_AUTO_TEST_CASE(a_server_that_wants_no_login_says_so) {
  auto settings = minimal();
  settings.outgoing.front().authentication = {Authentication::client_ip_address};
  const auto text = written(settings);
  BOOST_TEST(count(text, "<AuthRequired>on</AuthRequired>") == 1U);
  BOOST_TEST(count(text, "<AuthRequired>off</AuthRequired>") == 1U);
  BOOST_TEST(holds(text, "<UsePOPAuth>off</UsePOPAuth>"));
}

BOOST_AUTO_TEST_CASE(a_server_that_takes_tokens_alone_is_left_out) {
  auto settings = minimal();
  settings.outgoing.front().authentication = {Authentication::oauth2};
  BOOST_TEST(!holds(written(settings), "SMTP</Type>"));
  settings.incoming.front().authentication = {Authentication::oauth2};
  BOOST_TEST(!write_autodiscover_xml(settings, LoginNames::told).has_value());
}

BOOST_AUTO_TEST_CASE(sending_takes_the_login_of_reading_only_where_it_is_the_same) {
  auto settings = minimal();
  BOOST_TEST(holds(written(settings), "<UsePOPAuth>on</UsePOPAuth>"));
  settings.outgoing.front().username = "%EMAILLOCALPART%";
  BOOST_TEST(holds(written(settings), "<UsePOPAuth>off</UsePOPAuth>"));
}

BOOST_AUTO_TEST_CASE(for_anybody_there_are_no_user_names) {
  auto settings = minimal();
  settings.services = {{ServiceType::caldav,
                        "https://dav.example.org/%EMAILADDRESS%/",
                        "",
                        0,
                        SocketType::ssl,
                        {Authentication::http_basic},
                        "%EMAILADDRESS%"}};
  const auto text = written(settings, LoginNames::left_out);
  BOOST_TEST(!holds(text, "LoginName"));
  BOOST_TEST(!holds(text, "%EMAIL"));
  BOOST_TEST(holds(text, "<DisplayName>Example</DisplayName>"));
}

BOOST_AUTO_TEST_CASE(calendars_and_contacts_are_read_back) {
  auto settings = minimal();
  settings.services = {{ServiceType::caldav,
                        "https://dav.example.org/c/",
                        "",
                        0,
                        SocketType::ssl,
                        {Authentication::http_basic},
                        "%EMAILADDRESS%"},
                       {ServiceType::carddav,
                        "https://dav.example.org/b/",
                        "",
                        0,
                        SocketType::ssl,
                        {Authentication::http_basic},
                        "%EMAILADDRESS%"}};
  BOOST_TEST((read_back(written(settings)).services == settings.services));
}

BOOST_AUTO_TEST_CASE(values_are_escaped) {
  auto settings = minimal();
  settings.incoming.front().username = "a<b>&\"c\"";
  BOOST_TEST(read_back(written(settings)).incoming.front().username == "a<b>&\"c\"");
}

BOOST_AUTO_TEST_CASE(redirects_and_errors_are_read_back) {
  const auto read = [](const std::string& text) { return read_autodiscover_xml(text, domain("example.org")).value(); };
  BOOST_TEST(read(write_autodiscover_redirect("https://a.example/x", "")).redirect_url == "https://a.example/x");
  BOOST_TEST(read(write_autodiscover_redirect("", "a@b.example")).redirect_address == "a@b.example");
  BOOST_TEST(read(write_autodiscover_error(601, "Provider is not available", "12:00:00.000000")).error == 601);
}

BOOST_AUTO_TEST_CASE(devices_are_told_the_address_of_activesync) {
  auto settings = minimal();
  BOOST_TEST(!write_mobilesync_xml(settings).has_value());
  settings.incoming.push_back({ServerType::activesync,
                               "",
                               0,
                               SocketType::ssl,
                               {Authentication::http_basic},
                               "%EMAILADDRESS%",
                               "https://eas.example.org/Microsoft-Server-ActiveSync"});
  const auto text = write_mobilesync_xml(settings);
  BOOST_TEST_REQUIRE(text.has_value());
  BOOST_TEST(holds(*text, "<Type>MobileSync</Type>"));
  BOOST_TEST(holds(*text, "<Url>https://eas.example.org/Microsoft-Server-ActiveSync</Url>"));
  BOOST_TEST(holds(*text, "xmlns=\"" + mobilesync + "\""));
}

BOOST_AUTO_TEST_SUITE_END()
