// autoconfig XML, a server at a time.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include "formats/documents.h"

using namespace mailconf;
using namespace mailconf::test;
namespace data = boost::unit_test::data;

namespace {

const std::string imap = "imap imap.example.org:993 SSL password-cleartext %EMAILADDRESS%";
const std::string pop3 = "pop3 pop.example.org:995 SSL password-cleartext %EMAILLOCALPART%";
const std::string smtp = "smtp smtp.example.org:587 STARTTLS password-cleartext %EMAILADDRESS%";

std::vector<std::string> incoming(const std::string& document) { return lines(read(document).settings.incoming); }
std::vector<std::string> outgoing(const std::string& document) { return lines(read(document).settings.outgoing); }

// The minimal document without the authentication of its outgoing server, and with `elements` instead.
std::string with_smtp_authentication(std::string_view elements) {
  const auto begin = minimal_document.find("<authentication>", minimal_document.find("<outgoingServer"));
  const auto end = minimal_document.find("\n", begin);
  return minimal_document.substr(0, begin) + std::string(elements) + minimal_document.substr(end);
}

std::string with_more_servers(std::string_view servers) { return edited("    <!-- a second way to read -->", servers); }

const std::string password = "<authentication>password-cleartext</authentication>";

}  // namespace

BOOST_AUTO_TEST_SUITE(autoconfig_servers)

BOOST_AUTO_TEST_CASE(X1_a_minimal_file_is_read_exactly) {
  const auto document = read(minimal_document);
  expect_lines(lines(document.settings.incoming), {imap, pop3});
  expect_lines(lines(document.settings.outgoing), {smtp});
  BOOST_TEST(document.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(X3_the_order_of_servers_is_kept) {
  const auto swapped =
      replaced(edited("type=\"imap\"", "type=\"pop3\""), "<incomingServer type=\"pop3\">\n      <hostname>pop.",
               "<incomingServer type=\"imap\">\n      <hostname>pop.");
  expect_lines(incoming(swapped), {"pop3 imap.example.org:993 SSL password-cleartext %EMAILADDRESS%",
                                   "imap pop.example.org:995 SSL password-cleartext %EMAILLOCALPART%"});
}

BOOST_AUTO_TEST_CASE(X4_an_unknown_type_skips_that_server_only) {
  const auto document = read(edited("type=\"imap\"", "type=\"imap5\""));
  expect_lines(lines(document.settings.incoming), {pop3});
  expect_lines(codes(document), {"unknown-server-type"});
  BOOST_TEST(document.diagnostics[0].place == "line 7, incomingServer 1");
}

BOOST_AUTO_TEST_CASE(X4_a_server_for_sending_is_none_for_reading) {
  expect_lines(incoming(edited("type=\"imap\"", "type=\"smtp\"")), {pop3});
}

BOOST_AUTO_TEST_CASE(X5_unknown_socket_type_skips_that_server_only) {
  const auto document = read(edited("<socketType>SSL", "<socketType>SSLv9"));
  expect_lines(lines(document.settings.incoming), {pop3});
  expect_lines(codes(document), {"unknown-socket-type", "no-known-socket-type"});
}

BOOST_AUTO_TEST_CASE(X6_the_first_known_socket_type_counts) {
  expect_lines(incoming(edited("<socketType>SSL<", "<socketType>bar</socketType><socketType>STARTTLS<")),
               {"imap imap.example.org:993 STARTTLS password-cleartext %EMAILADDRESS%", pop3});
}

BOOST_AUTO_TEST_CASE(X7_the_first_known_authentication_counts_and_the_skipped_one_is_told) {
  const auto document = read(edited(password, "<authentication>magic</authentication>" + password));
  expect_lines(lines(document.settings.incoming), {imap, pop3});
  BOOST_REQUIRE(document.diagnostics.size() == 1U);
  BOOST_TEST(document.diagnostics[0].message == "the authentication \"magic\" is not known here");
}

BOOST_DATA_TEST_CASE(X8_of_repeated_values_the_first_is_used,
                     data::make({"<hostname>imap.example.org</hostname>", "<port>993</port>",
                                 "<username>%EMAILADDRESS%</username>"}),
                     element) {
  const std::string first = element;
  const std::string name = first.substr(0, first.find('>') + 1);
  const auto document = read(edited(first, first + name + "12</" + name.substr(1)));
  expect_lines(lines(document.settings.incoming), {imap, pop3});
  expect_lines(codes(document), {"repeated-element"});
}

BOOST_AUTO_TEST_CASE(X9_an_empty_authentication_is_ignored) {
  const auto document = read(edited(password, "<authentication/>" + password + "<authentication> </authentication>"));
  expect_lines(lines(document.settings.incoming), {imap, pop3});
  BOOST_TEST(document.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(X10_an_incoming_server_without_authentication_is_dropped) {
  const auto document = read(edited(password, ""));
  expect_lines(lines(document.settings.incoming), {pop3});
  expect_lines(codes(document), {"no-usable-authentication"});
}

BOOST_AUTO_TEST_CASE(X11_an_outgoing_server_without_authentication_is_dropped) {
  expect_lines(outgoing(with_smtp_authentication("")), {});
}

BOOST_DATA_TEST_CASE(X12_reading_needs_a_login, data::make({"none", "client-IP-address", "smtp-after-pop"}), value) {
  const auto document = read(edited("password-cleartext", value));
  expect_lines(lines(document.settings.incoming), {pop3});
  expect_lines(codes(document), {"login-required", "no-usable-authentication"});
}

BOOST_DATA_TEST_CASE(X13_sending_may_go_without_a_login,
                     data::make({"none", "client-IP-address", "smtp-after-pop", "SMTP-after-POP"}), value) {
  const auto document = with_smtp_authentication("<authentication>" + std::string(value) + "</authentication>");
  BOOST_REQUIRE(outgoing(document).size() == 1U);
  const auto without_name =
      document.substr(0, document.rfind("<username>")) + document.substr(document.rfind("</outgoing"));
  BOOST_REQUIRE(outgoing(without_name).size() == 1U);
  BOOST_TEST(read(without_name).settings.outgoing[0].username.empty());
}

BOOST_AUTO_TEST_CASE(X14_old_names_of_authentication_are_read) {
  const auto document = read(edited("password-cleartext", "plain"));
  expect_lines(lines(document.settings.incoming), {imap, pop3});
  expect_lines(codes(document), {"deprecated-value"});
  BOOST_TEST((read(edited("password-cleartext", "secure")).settings.incoming[0].authentication[0] ==
              Authentication::password_encrypted));
}

BOOST_AUTO_TEST_CASE(X15_an_unencrypted_server_is_kept_and_pointed_out) {
  const auto document = read(edited("<socketType>SSL", "<socketType>plain"));
  BOOST_TEST((document.settings.incoming[0].socket_type == SocketType::plain));
  expect_lines(codes(document), {"plain-socket"});
}

BOOST_AUTO_TEST_CASE(X16_OAuth2_is_kept_beside_the_password_in_order) {
  const auto document = read(edited(password, "<authentication>OAuth2</authentication>" + password));
  expect_lines(lines(document.settings.incoming),
               {"imap imap.example.org:993 SSL OAuth2 password-cleartext %EMAILADDRESS%", pop3});
  BOOST_TEST(!document.settings.oauth2.has_value());
}

BOOST_AUTO_TEST_CASE(X17_a_server_with_OAuth2_alone_is_kept_beside_another) {
  expect_lines(incoming(edited("password-cleartext", "OAuth2")),
               {"imap imap.example.org:993 SSL OAuth2 %EMAILADDRESS%", pop3});
}

BOOST_AUTO_TEST_CASE(X18_OAuth2_everywhere_is_a_usable_file_that_tells_so) {
  auto document = minimal_document;
  for (int i = 0; i < 3; ++i) document = replaced(document, "password-cleartext", "OAuth2");
  const auto settings = read(document).settings;
  expect_lines(lines(settings.incoming), {"imap imap.example.org:993 SSL OAuth2 %EMAILADDRESS%",
                                          "pop3 pop.example.org:995 SSL OAuth2 %EMAILLOCALPART%"});
  expect_lines(lines(settings.outgoing), {"smtp smtp.example.org:587 STARTTLS OAuth2 %EMAILADDRESS%"});
}

BOOST_AUTO_TEST_CASE(X19_OAuth2_listed_second_stays_second) {
  expect_lines(incoming(edited(password, password + "<authentication>OAuth2</authentication>")),
               {"imap imap.example.org:993 SSL password-cleartext OAuth2 %EMAILADDRESS%", pop3});
}

BOOST_AUTO_TEST_CASE(the_attribute_system_says_whose_name_a_value_is) {
  const auto with = [](const std::string& system, const std::string& value) {
    return lines(read(edited(password, "<authentication system=\"" + system + "\">" + value + "</authentication>"))
                     .settings.incoming)
        .front();
  };
  BOOST_TEST(with("sasl", "PLAIN") == imap);
  BOOST_TEST(with("sasl", "SCRAM-SHA-256-PLUS") == "imap imap.example.org:993 SSL password-encrypted %EMAILADDRESS%");
  BOOST_TEST(with("sasl", "ANONYMOUS") == pop3);
  BOOST_TEST(with("http", "Basic") == pop3);
  BOOST_TEST(with("new-system", "password-cleartext") == pop3);
}

BOOST_AUTO_TEST_CASE(X26_a_file_without_outgoing_server_is_used_for_reading) {
  const auto document = read(edited("type=\"smtp\"", "type=\"lmtp\""));
  expect_lines(lines(document.settings.incoming), {imap, pop3});
  BOOST_TEST(document.settings.outgoing.empty());
  expect_lines(codes(document), {"unknown-server-type", "missing-outgoing"});
}

BOOST_DATA_TEST_CASE(X27_a_missing_value_drops_that_server_only,
                     data::make({"<hostname>imap.example.org</hostname>", "<port>993</port>",
                                 "<socketType>SSL</socketType>", "<username>%EMAILADDRESS%</username>"}),
                     element) {
  const auto document = read(edited(element, ""));
  expect_lines(lines(document.settings.incoming), {pop3});
  expect_lines(codes(document), {"missing-value"});
  const std::string name(element);
  BOOST_TEST(document.diagnostics[0].message == "left out: " + name.substr(1, name.find('>') - 1) + " is missing");
}

BOOST_DATA_TEST_CASE(X28_a_port_that_is_none_drops_that_server_only,
                     data::make({"0", "65536", "-1", "abc", "99 3", "1.5", "993;", "0x3e1"}), port) {
  const auto document = read(edited("993", port));
  expect_lines(lines(document.settings.incoming), {pop3});
  expect_lines(codes(document), {"bad-port"});
}

BOOST_AUTO_TEST_CASE(X29_white_space_around_values_is_trimmed) {
  expect_lines(incoming(edited("imap.example.org", "\n        imap.example.org\t\n      ")), {imap, pop3});
  expect_lines(incoming(edited("993", " 993\n")), {imap, pop3});
}

BOOST_AUTO_TEST_CASE(X30_an_element_instead_of_text_drops_that_server_only) {
  expect_lines(incoming(edited("<port>993</port>", "<port><x>993</x></port>")), {pop3});
}

BOOST_AUTO_TEST_CASE(X31_a_server_in_the_wrong_place_is_ignored) {
  const std::string server =
      "<incomingServer type=\"imap\"><hostname>other.example.org</hostname><port>993</port>"
      "<socketType>SSL</socketType><authentication>password-cleartext</authentication>"
      "<username>x</username></incomingServer>";
  expect_lines(
      incoming(edited("<domain>example.org</domain>", "<domain>example.org</domain><other>" + server + "</other>")),
      {imap, pop3});
  expect_lines(incoming(edited("</emailProvider>", "</emailProvider>" + server)), {imap, pop3});
  expect_lines(incoming(edited("<port>995", server + "<port>995")), {imap, pop3});
  expect_lines(incoming(with_more_servers("<incomingServer type=\"imap5\">" + server + "</incomingServer>")),
               {imap, pop3});
}

BOOST_AUTO_TEST_CASE(X38_unknown_elements_are_ignored_at_every_level) {
  const auto document = replaced(edited("<port>993", "<rootFolder>x</rootFolder><port>993"), "<domain>",
                                 "<new a=\"b\"><newer/></new><domain>");
  const auto result = read(replaced(document, "</clientConfig>", "<future/></clientConfig>"));
  expect_lines(lines(result.settings.incoming), {imap, pop3});
  BOOST_TEST(result.diagnostics.empty());
}

BOOST_DATA_TEST_CASE(X39_servers_at_urls_are_kept_with_their_port,
                     data::make({"exchange", "ews", "owa", "graph", "jmap", "activeSync"}), type) {
  const std::string section = "<incomingServer type=\"" + std::string(type) +
                              "\"><url>https://mail.example.org:8443/api</url><authentication>OAuth2</authentication>"
                              "<username>%EMAILADDRESS%</username></incomingServer>";
  expect_lines(incoming(with_more_servers(section)),
               {imap, std::string(type) + " https://mail.example.org:8443/api OAuth2 %EMAILADDRESS%", pop3});
}

BOOST_DATA_TEST_CASE(X39_Exchange_sections_have_their_own_names_for_urls, data::make({"ewsURL", "easURL", "owaURL"}),
                     name) {
  const std::string element(name);
  const std::string section = "<incomingServer type=\"exchange\"><" + element + ">https://mail.example.org/x</" +
                              element + "><authentication>NTLM</authentication></incomingServer>";
  expect_lines(incoming(with_more_servers(section)), {imap, "exchange https://mail.example.org/x NTLM -", pop3});
}

BOOST_DATA_TEST_CASE(S7_urls_of_servers_are_https,
                     data::make({"http://mail.example.org/", "javascript:alert(1)", "data:text/html,x",
                                 "data:image/svg+xml,x", "imap://mail.example.org/", "mail.example.org", ""}),
                     url) {
  const std::string section = "<incomingServer type=\"jmap\"><url>" + std::string(url) +
                              "</url><authentication>OAuth2</authentication></incomingServer>";
  expect_lines(incoming(with_more_servers(section)), {imap, pop3});
}

BOOST_DATA_TEST_CASE(S4_a_host_that_is_none_drops_that_server_only,
                     data::make({"imap_a.example.org", "user@example.org", "imap example.org", "-imap.example.org",
                                 "[2001:db8::1]", "imap.example.org:993", "imaps://imap.example.org/"}),
                     host) {
  const auto document = read(edited("imap.example.org", host));
  expect_lines(lines(document.settings.incoming), {pop3});
  expect_lines(codes(document), {"bad-hostname"});
}

BOOST_AUTO_TEST_CASE(S1_S2_S5_hosts_are_normalised) {
  const auto host = [](std::string_view text) {
    return read(edited("imap.example.org", text)).settings.incoming[0].hostname;
  };
  BOOST_TEST(host("LOUD.LOCAL") == "loud.local");
  BOOST_TEST(host("imap.example.org.") == "imap.example.org");
  BOOST_TEST(host("2001:db8::") == "2001:db8::");
  BOOST_TEST(host("imap.m\u00fcnchen.example") == "imap.xn--mnchen-3ya.example");
}

BOOST_AUTO_TEST_CASE(S6_a_host_may_be_a_template) {
  expect_lines(incoming(edited("imap.example.org", "imap.%EMAILDOMAIN%")),
               {"imap imap.%EMAILDOMAIN%:993 SSL password-cleartext %EMAILADDRESS%", pop3});
}

BOOST_AUTO_TEST_CASE(P5_a_host_with_an_unknown_placeholder_drops_that_server_only) {
  expect_lines(incoming(edited("imap.example.org", "imap.%FOO%")), {pop3});
}

BOOST_AUTO_TEST_CASE(P5_a_user_name_with_an_unknown_placeholder_is_kept_for_the_question_to_the_user) {
  BOOST_TEST(read(edited("%EMAILADDRESS%", "%REALNAME%")).settings.incoming[0].username == "%REALNAME%");
}

BOOST_AUTO_TEST_CASE(a_placeholder_without_its_end_is_mended_and_pointed_out) {
  const auto document = read(edited("%EMAILADDRESS%", "%EMAILADDRESS"));
  expect_lines(lines(document.settings.incoming), {imap, pop3});
  expect_lines(codes(document), {"unclosed-placeholder"});
}

BOOST_AUTO_TEST_CASE(P8_a_literal_user_name_is_kept) {
  BOOST_TEST(read(edited("%EMAILADDRESS%", "your-username")).settings.incoming[0].username == "your-username");
}

BOOST_AUTO_TEST_CASE(P9_user_names_differ_by_server) {
  const auto settings = read(minimal_document).settings;
  BOOST_TEST(settings.incoming[1].username == "%EMAILLOCALPART%");
  BOOST_TEST(settings.outgoing[0].username == "%EMAILADDRESS%");
}

BOOST_AUTO_TEST_CASE(P16_a_realm_is_kept) {
  BOOST_TEST(read(edited("%EMAILADDRESS%", "CORP\\%EMAILLOCALPART%")).settings.incoming[0].username ==
             "CORP\\%EMAILLOCALPART%");
}

BOOST_AUTO_TEST_CASE(a_user_name_with_a_control_character_drops_that_server_only) {
  expect_lines(incoming(edited("%EMAILADDRESS%", "a&#x202e;b")), {pop3});
}

BOOST_AUTO_TEST_SUITE_END()
