// autoconfig XML as a whole: the provider, pages, sign-in, services.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include "formats/documents.h"

using namespace mailconf;
using namespace mailconf::test;
namespace data = boost::unit_test::data;

namespace {

Settings settings_of(const std::string& document) { return read(document).settings; }
std::string at_root(std::string_view elements) {
  return edited("</clientConfig>", std::string(elements) + "</clientConfig>");
}
std::string in_provider(std::string_view elements) {
  return edited("</emailProvider>", std::string(elements) + "</emailProvider>");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(autoconfig_documents)

BOOST_AUTO_TEST_CASE(X2_comments_and_extras_change_nothing) {
  const auto document = replaced(edited("imap.example.org", "imap.<!-- the new one -->example.org"), "<port>993",
                                 "<!-- <port>1</port> --><?hint x?><port>993");
  BOOST_TEST((settings_of(document) == settings_of(minimal_document)));
}

BOOST_AUTO_TEST_CASE(the_version_is_no_reason_to_refuse) {
  BOOST_TEST((settings_of(edited("version=\"1.1\"", "version=\"7.0\"")) == settings_of(minimal_document)));
  BOOST_TEST((settings_of(edited(" version=\"1.1\"", "")) == settings_of(minimal_document)));
}

BOOST_AUTO_TEST_CASE(X20_the_sign_in_section_is_exposed) {
  const auto document = at_root(
      "<oAuth2><issuer>login.example.org</issuer><scope>mail\n  offline</scope>"
      "<authURL>https://login.example.org/auth</authURL><tokenURL>https://login.example.org/token</tokenURL>"
      "<clientID>open</clientID><clientSecret>x</clientSecret></oAuth2>");
  BOOST_TEST((settings_of(document).oauth2 == OAuth2{"login.example.org", "https://login.example.org/auth",
                                                     "https://login.example.org/token", "mail offline", "open"}));
}

BOOST_DATA_TEST_CASE(X20_endpoints_of_the_sign_in_are_https,
                     data::make({"http://login.example.org/", "javascript:alert(1)", "login.example.org"}), url) {
  const auto document =
      read(at_root("<oAuth2><issuer>login.example.org</issuer><authURL>" + std::string(url) + "</authURL></oAuth2>"));
  BOOST_TEST((document.settings.oauth2 == OAuth2{"login.example.org", "", "", "", ""}));
  expect_lines(codes(document), {"bad-oauth2"});
}

BOOST_AUTO_TEST_CASE(X20_an_issuer_may_be_a_url) {
  const auto document = at_root("<oAuth2><issuer>https://login.example.org</issuer></oAuth2>");
  BOOST_TEST(settings_of(document).oauth2->issuer == "https://login.example.org");
}

BOOST_AUTO_TEST_CASE(X20_an_empty_section_is_none) {
  BOOST_TEST(!settings_of(at_root("<oAuth2><clientSecret>x</clientSecret></oAuth2>")).oauth2.has_value());
}

BOOST_AUTO_TEST_CASE(X20_the_section_had_another_name_once) {
  BOOST_TEST(settings_of(in_provider("<mAuth><issuer>login.example.org</issuer></mAuth>")).oauth2->issuer ==
             "login.example.org");
}

BOOST_AUTO_TEST_CASE(X21_without_an_id_the_domain_is_the_id) {
  const auto document = read(edited(" id=\"example.org\"", ""), "example.net");
  BOOST_TEST(document.settings.provider.id == "example.net");
  expect_lines(codes(document), {"domain-not-listed", "missing-id"});
}

BOOST_DATA_TEST_CASE(X22_an_id_that_is_no_host_name_is_replaced_by_the_domain,
                     data::make({"Example Mail", "a_b", "%REALNAME%"}), id) {
  const auto document = read(edited("id=\"example.org\"", "id=\"" + std::string(id) + "\""));
  BOOST_TEST(document.settings.provider.id == "example.org");
  expect_lines(codes(document), {"bad-id"});
}

BOOST_DATA_TEST_CASE(X23_without_a_valid_domain_the_file_is_read_and_the_lack_is_told,
                     data::make({"", "<domain/>", "<domain>not valid</domain>", "<domain>localhost</domain>"}),
                     element) {
  const auto document = read(edited("<domain>example.org</domain>", element));
  BOOST_TEST(document.settings.provider.domains.empty());
  BOOST_TEST(codes(document).back() == "missing-domain");
}

BOOST_AUTO_TEST_CASE(X24_a_file_for_other_domains_is_read_and_the_lack_is_told) {
  const auto document = read(minimal_document, "customer.example");
  BOOST_TEST(document.settings.incoming.size() == 2U);
  expect_lines(codes(document), {"domain-not-listed"});
  BOOST_TEST(document.diagnostics[0].message == "customer.example is not among the domains of the file");
}

BOOST_AUTO_TEST_CASE(X24_the_domain_of_the_mx_hosts_counts_as_listed) {
  const auto document =
      read(edited("<domain>", "<domain purpose=\"mx\">hosting.example</domain><domain>"), "hosting.example");
  BOOST_TEST(document.settings.provider.mx_domains[0].ascii() == "hosting.example");
  BOOST_TEST(document.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(a_domain_may_be_a_placeholder) {
  const auto document = read(edited("<domain>example.org", "<domain>%EMAILDOMAIN%"), "customer.example");
  BOOST_TEST(document.settings.provider.domains[0].ascii() == "customer.example");
  BOOST_TEST(document.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(international_domains_are_compared_as_a_labels) {
  const auto document = read(edited("<domain>example.org", "<domain>M\u00dcNCHEN.example"), "xn--mnchen-3ya.example");
  BOOST_TEST(document.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(X37_element_names_in_another_letter_case_are_accepted) {
  auto document = minimal_document;
  for (const auto* const name : {"clientConfig", "emailProvider", "incomingServer", "socketType"}) {
    for (const std::string_view bracket : {"<", "</"}) {
      std::string upper(name);
      for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      document = replaced(document, std::string(bracket) + name, std::string(bracket) + upper);
    }
  }
  const auto result = read(document);
  BOOST_TEST((result.settings == settings_of(minimal_document)));
  BOOST_TEST(codes(result).front() == "letter-case");
}

BOOST_AUTO_TEST_CASE(a_prefix_of_a_namespace_is_no_part_of_a_name) {
  auto document = edited("<clientConfig version", "<m:clientConfig xmlns:m=\"urn:x\" version");
  document = replaced(document, "</clientConfig>", "</m:clientConfig>");
  BOOST_TEST((settings_of(document) == settings_of(minimal_document)));
}

BOOST_AUTO_TEST_CASE(X40_four_ways_to_read_are_all_kept) {
  const auto server = [](std::string_view type, std::string_view port, std::string_view socket_type) {
    return "<incomingServer type=\"" + std::string(type) + "\"><hostname>mail.example.org</hostname><port>" +
           std::string(port) + "</port><socketType>" + std::string(socket_type) +
           "</socketType><authentication>password-cleartext</authentication><username>%EMAILADDRESS%</username>"
           "</incomingServer>";
  };
  const auto begin = minimal_document.find("<incomingServer");
  const auto end = minimal_document.find("<outgoingServer");
  const auto document = minimal_document.substr(0, begin) + server("imap", "993", "SSL") +
                        server("imap", "143", "STARTTLS") + server("pop3", "995", "SSL") +
                        server("pop3", "110", "STARTTLS") + minimal_document.substr(end);
  expect_lines(lines(settings_of(document).incoming),
               {"imap mail.example.org:993 SSL password-cleartext %EMAILADDRESS%",
                "imap mail.example.org:143 STARTTLS password-cleartext %EMAILADDRESS%",
                "pop3 mail.example.org:995 SSL password-cleartext %EMAILADDRESS%",
                "pop3 mail.example.org:110 STARTTLS password-cleartext %EMAILADDRESS%"});
}

BOOST_AUTO_TEST_CASE(X41_of_several_providers_the_one_that_lists_the_domain_is_read) {
  const auto begin = minimal_document.find("<emailProvider");
  const auto end = minimal_document.find("</clientConfig>");
  auto second = minimal_document.substr(begin, end - begin);
  second = replaced(replaced(replaced(second, "id=\"example.org\"", "id=\"second.example\""), "<domain>example.org",
                             "<domain>second.example"),
                    "imap.example.org", "imap.second.example");
  const auto both = edited("</clientConfig>", second + "</clientConfig>");
  BOOST_TEST(read(both, "second.example").settings.incoming[0].hostname == "imap.second.example");
  BOOST_TEST(read(both, "example.org").settings.incoming[0].hostname == "imap.example.org");
  const auto neither = read(both, "third.example");
  BOOST_TEST(neither.settings.incoming[0].hostname == "imap.example.org");
  expect_lines(codes(neither), {"several-providers", "domain-not-listed"});
}

BOOST_AUTO_TEST_CASE(X41_all_providers_of_a_document_can_be_read_and_a_bad_one_is_an_error_of_its_own) {
  const auto second = replaced(minimal_document.substr(minimal_document.find("<emailProvider")), "id=\"example.org\"",
                               "id=\"second.example\"");
  const auto nobody = DomainName::parse("nobody.invalid").value();
  const auto all =
      read_autoconfig_providers(edited("</clientConfig>", "<emailProvider id=\"bad.example\"/>" + second), nobody);
  BOOST_TEST_REQUIRE(all.value().size() == 3U);
  BOOST_TEST(all->at(0)->settings.provider.id == "example.org");
  BOOST_TEST(!all->at(1).has_value());
  BOOST_TEST(all->at(2)->settings.provider.id == "second.example");
  BOOST_TEST(read_autoconfig_providers("<clientConfig/>", nobody).error().message ==
             "there is no emailProvider element");
  BOOST_TEST(!read_autoconfig_providers("<html/>", nobody).has_value());
}

BOOST_AUTO_TEST_CASE(X42_without_a_name_the_id_is_shown) {
  const auto document = read(edited("<displayName>Example Mail</displayName>", ""));
  BOOST_TEST(document.settings.provider.display_name == "example.org");
  expect_lines(codes(document), {"missing-display-name"});
}

BOOST_AUTO_TEST_CASE(X42_a_name_is_plain_text) {
  const auto elements = read(edited("Example Mail", "Example <b>big</b> Mail"));
  BOOST_TEST(elements.settings.provider.display_name == "Example big Mail");
  expect_lines(codes(elements), {"markup-in-text"});
  BOOST_TEST(settings_of(edited("Example Mail", "&lt;b&gt;Mail&lt;/b&gt;")).provider.display_name == "<b>Mail</b>");
  BOOST_TEST(settings_of(edited("Example Mail", "<![CDATA[A & B]]>")).provider.display_name == "A & B");
  BOOST_TEST(settings_of(edited("Example Mail", "Evil&#x202e;liaM\n")).provider.display_name == "Evil?liaM");
  BOOST_TEST(settings_of(edited("Example Mail", std::string(10000, 'x'))).provider.display_name.size() == 240U);
}

BOOST_AUTO_TEST_CASE(P3_placeholders_in_names_are_kept_until_the_address_is_known) {
  BOOST_TEST(settings_of(edited("Example Mail", "Mail of %EMAILDOMAIN%")).provider.display_name ==
             "Mail of %EMAILDOMAIN%");
}

BOOST_AUTO_TEST_CASE(pages_are_read_from_both_places) {
  const std::string page =
      "<documentation url=\"http://help.example.org/\"><descr lang=\"en\">How to</descr></documentation>";
  const std::vector<Documentation> expected{{"http://help.example.org/", {{"en", "How to"}}}};
  BOOST_TEST((settings_of(in_provider(page)).documentation == expected));
  BOOST_TEST((settings_of(at_root(page)).documentation == expected));
}

BOOST_AUTO_TEST_CASE(steps_for_the_user_are_read) {
  const auto settings = settings_of(in_provider(
      "<enable visiturl=\"https://example.org/settings#imap\"><instruction>Switch IMAP on</instruction></enable>"));
  BOOST_REQUIRE(settings.enable.size() == 1U);
  BOOST_TEST((settings.enable[0] == Enable{"https://example.org/settings#imap", {{"", "Switch IMAP on"}}}));
}

BOOST_AUTO_TEST_CASE(web_mail_is_https_only) {
  BOOST_TEST(settings_of(at_root("<webMail><loginPage url=\"https://example.org/mail\"/></webMail>")).webmail_url ==
             "https://example.org/mail");
  const auto document = read(at_root("<webMail><loginPage url=\"http://example.org/mail\"/></webMail>"));
  BOOST_TEST(document.settings.webmail_url.empty());
  expect_lines(codes(document), {"bad-page-url"});
}

BOOST_AUTO_TEST_CASE(the_two_spellings_of_an_address_book_are_one_service) {
  const auto book = [](std::string_view name) {
    return "<" + std::string(name) + " type=\"carddav\"><serverURL>https://dav.example.org/</serverURL></" +
           std::string(name) + ">";
  };
  const auto services = settings_of(at_root(book("addressBook") + book("addressbook"))).services;
  BOOST_REQUIRE(services.size() == 1U);
  BOOST_TEST((services[0].type == ServiceType::carddav));
  BOOST_TEST(services[0].url == "https://dav.example.org/");
}

BOOST_AUTO_TEST_CASE(a_service_that_cannot_be_used_is_left_out) {
  const auto document =
      read(at_root("<calendar type=\"caldav\"><url>http://dav.example.org/</url></calendar>"
                   "<calendar type=\"future\"><url>https://dav.example.org/</url></calendar>"));
  BOOST_TEST(document.settings.services.empty());
  expect_lines(codes(document), {"bad-url", "unknown-service-type"});
}

BOOST_AUTO_TEST_SUITE_END()
