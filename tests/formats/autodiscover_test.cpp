// What Autodiscover services answer (MS-OXDSCLI): one edit each to one minimal answer, and whole answers.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include "formats/documents.h"

using namespace mailconf;
using namespace mailconf::test;
namespace data = boost::unit_test::data;

namespace {

const std::string folder = TEST_DATA "/corpus/autodiscover/";

AutodiscoverAnswer read_answer(std::string_view bytes) {
  auto result = read_autodiscover_xml(bytes, domain("example.org"));
  BOOST_REQUIRE_MESSAGE(result, (result ? "" : result.error().text()));
  return *std::move(result);
}

ReadSettings read_file(const std::string& name) {
  auto answer = read_answer(file_contents(folder + name));
  BOOST_REQUIRE(answer.document);
  return *std::move(answer.document);
}

// One server for reading, with these elements.
ReadSettings read_server(const std::string& elements) {
  auto answer =
      read_answer("<Autodiscover><Response><Account><Protocol><Type>IMAP</Type><Server>a.example.org</Server>" +
                  elements + "</Protocol></Account></Response></Autodiscover>");
  BOOST_REQUIRE(answer.document);
  return *std::move(answer.document);
}

struct Row {
  const char* elements;
  std::uint16_t port;
  SocketType socket_type;
};
std::ostream& operator<<(std::ostream& stream, const Row& row) { return stream << row.elements; }

const Row rows[] = {
    {"<Port>993</Port><SSL>on</SSL><Encryption>SSL</Encryption>", 993, SocketType::ssl},
    {"<Port>993</Port><SSL>on</SSL>", 993, SocketType::ssl},
    {"<Port>993</Port>", 993, SocketType::ssl},
    {"", 993, SocketType::ssl},
    {"<Encryption>TLS</Encryption>", 143, SocketType::starttls},
    {"<Port>143</Port><SSL>On</SSL>", 143, SocketType::starttls},
    {"<Port>143</Port><Encryption>tls</Encryption>", 143, SocketType::starttls},
    // Several servers write "TLS" for TLS from the first octet.
    {"<Port>993</Port><Encryption>TLS</Encryption>", 993, SocketType::ssl},
    {"<Port>10993</Port><Encryption>Auto</Encryption>", 10993, SocketType::ssl},
    {"<Port>143</Port><SSL>off</SSL>", 143, SocketType::plain},
    {"<Port>143</Port><SSL>OFF</SSL><Encryption>None</Encryption>", 143, SocketType::plain},
    // E3: Encryption overrides SSL, both ways.
    {"<Port>993</Port><SSL>off</SSL><Encryption>SSL</Encryption>", 993, SocketType::ssl},
    {"<Port>143</Port><SSL>on</SSL><Encryption>none</Encryption>", 143, SocketType::plain},
    // What means nothing never leads to an unencrypted connection.
    {"<Port>143</Port><SSL/>", 143, SocketType::starttls},
    {"<Port>143</Port><SSL>maybe</SSL>", 143, SocketType::starttls},
    {"<Port>143</Port><SSL>off</SSL><Encryption>starttls</Encryption>", 143, SocketType::starttls},
    {"<Port>993</Port><SSL>yes</SSL>", 993, SocketType::ssl},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(autodiscover_xml)

BOOST_AUTO_TEST_CASE(E1_an_answer_with_mail_servers_gives_them_in_order) {
  const auto document = read_file("imap.xml");
  const auto& settings = document.settings;
  const std::vector<std::string> incoming{"imap imap.example.org:993 SSL password-cleartext postmaster@example.org",
                                          "pop3 pop.example.org:995 SSL password-cleartext postmaster"};
  expect_lines(lines(settings.incoming), incoming);
  expect_lines(lines(settings.outgoing), {"smtp smtp.example.org:465 SSL password-cleartext %EMAILADDRESS%"});
  BOOST_TEST(settings.services.at(0).url == "https://dav.example.org/");
  BOOST_TEST(codes(document).empty());
}

BOOST_AUTO_TEST_CASE(the_name_of_a_person_is_not_taken_for_the_providers) {
  BOOST_TEST(read_file("imap.xml").settings.provider.display_name == "example.org");
}

BOOST_DATA_TEST_CASE(E1_E3_encryption_then_ssl_then_the_port_decide, data::make(rows), row) {
  const auto server = read_server(row.elements).settings.incoming.at(0);
  BOOST_TEST(server.port == row.port);
  BOOST_TEST((server.socket_type == row.socket_type));
}

BOOST_AUTO_TEST_CASE(E2_secure_sign_in_is_taken_only_where_it_is_stated) {
  const std::vector secure{Authentication::ntlm, Authentication::gssapi};
  const std::vector password{Authentication::password_cleartext};
  BOOST_TEST((read_server("<SPA>On</SPA>").settings.incoming.at(0).authentication == secure));
  BOOST_TEST((read_server("<SPA>off</SPA>").settings.incoming.at(0).authentication == password));
  BOOST_TEST((read_server("").settings.incoming.at(0).authentication == password));
}

BOOST_AUTO_TEST_CASE(P14_a_login_name_is_used_and_the_address_where_there_is_none) {
  BOOST_TEST(read_server("<LoginName>alice</LoginName>").settings.incoming.at(0).username == "alice");
  BOOST_TEST(read_server("").settings.incoming.at(0).username == "%EMAILADDRESS%");
}

BOOST_AUTO_TEST_CASE(what_is_odd_is_tolerated_and_told) {
  const auto document = read_file("slips.xml");
  const auto& settings = document.settings;
  expect_lines(lines(settings.incoming), {"imap imap.example.org:143 STARTTLS password-cleartext %EMAILADDRESS%",
                                          "pop3 pop.example.org:995 SSL password-cleartext %EMAILADDRESS%"});
  expect_lines(lines(settings.outgoing), {"smtp smtp.example.org:587 STARTTLS NTLM GSSAPI %EMAILADDRESS%",
                                          "smtp relay.example.org:465 SSL none %EMAILADDRESS%"});
  expect_lines(codes(document), {"unknown-socket-type", "unknown-socket-type", "bad-hostname", "bad-port", "bad-url"});
}

BOOST_AUTO_TEST_CASE(E16_E17_exchange_is_named_by_its_addresses) {
  const auto settings = read_file("exchange.xml").settings;
  expect_lines(lines(settings.incoming), {"ews https://mail.example.org/EWS/Exchange.asmx NTLM %EMAILADDRESS%",
                                          "owa https://mail.example.org/owa/ http-basic %EMAILADDRESS%"});
}

BOOST_AUTO_TEST_CASE(E7_E8_a_redirect_is_told_as_it_stands) {
  BOOST_TEST(read_answer(file_contents(folder + "redirect-url.xml")).redirect_url ==
             "https://autodiscover.example.net/autodiscover/autodiscover.xml");
  BOOST_TEST(read_answer(file_contents(folder + "redirect-address.xml")).redirect_address ==
             "postmaster@tenant.example.net");
}

BOOST_AUTO_TEST_CASE(an_error_has_its_code_wherever_it_stands) {
  BOOST_TEST(read_answer(file_contents(folder + "error.xml")).error == 600);
  BOOST_TEST(read_answer(file_contents(folder + "error-in-account.xml")).error == 601);
}

BOOST_AUTO_TEST_CASE(what_is_no_answer_is_an_error) {
  std::size_t files = 0;
  for (const auto& path : xml_files(folder + "refused")) {
    BOOST_TEST(!read_autodiscover_xml(file_contents(path), domain("example.org")).has_value(), path.string());
    ++files;
  }
  BOOST_TEST(files == 8U);
}

BOOST_AUTO_TEST_CASE(S20_the_address_is_escaped_in_the_request) {
  const auto request = write_autodiscover_request(EmailAddress::parse("o'hara&co@example.org").value());
  BOOST_TEST(mentions(request, "<EMailAddress>o'hara&amp;co@example.org</EMailAddress>"), request);
  BOOST_TEST(mentions(request, "/outlook/requestschema/2006\""), request);
  BOOST_TEST(mentions(request, "/outlook/responseschema/2006a</AcceptableResponseSchema>"), request);
}

BOOST_AUTO_TEST_SUITE_END()
