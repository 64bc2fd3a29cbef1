// Settings for one address, or for a whole domain.
#include <boost/test/unit_test.hpp>

#include "mailconf/settings.h"

using namespace mailconf;

namespace {

EmailAddress address(std::string_view text) { return EmailAddress::parse(text).value(); }

Server imap_at(std::string hostname, std::string username = "%EMAILADDRESS%") {
  Server server;
  server.hostname = std::move(hostname);
  server.port = 993;
  server.authentication = {Authentication::password_cleartext};
  server.username = std::move(username);
  return server;
}

Settings with(std::vector<Server> incoming) {
  Settings settings;
  settings.incoming = std::move(incoming);
  return settings;
}

std::string username_for(std::string_view who, std::string username) {
  return for_address(with({imap_at("imap.example.com", std::move(username))}), address(who))
      .settings.incoming[0]
      .username;
}

}  // namespace

BOOST_AUTO_TEST_CASE(P1_user_names_are_filled_in) {
  BOOST_TEST(username_for("Fred@Example.COM", "%EMAILADDRESS%") == "Fred@example.com");
  BOOST_TEST(username_for("Fred@Example.COM", "%EMAILLOCALPART%.%EMAILDOMAIN%") == "Fred.example.com");
}

BOOST_AUTO_TEST_CASE(P2_a_host_takes_the_domain_of_the_address) {
  const auto applied = for_address(with({imap_at("pop.%EMAILDOMAIN%")}), address("fred@example.com"));
  BOOST_TEST(applied.settings.incoming[0].hostname == "pop.example.com");
}

BOOST_AUTO_TEST_CASE(P3_display_names_are_filled_in) {
  Settings settings;
  settings.provider.display_name = "Mail of %EMAILDOMAIN%";
  settings.provider.display_short_name = "%EMAILDOMAIN%";
  const auto provider = for_address(settings, address("fred@example.com")).settings.provider;
  BOOST_TEST(provider.display_name == "Mail of example.com");
  BOOST_TEST(provider.display_short_name == "example.com");
}

BOOST_AUTO_TEST_CASE(P5_a_host_with_an_unknown_placeholder_is_dropped_and_named) {
  const auto applied =
      for_address(with({imap_at("imap.%FOO%"), imap_at("imap.example.com")}), address("fred@example.com"));
  BOOST_REQUIRE(applied.settings.incoming.size() == 1U);
  BOOST_TEST(applied.settings.incoming[0].hostname == "imap.example.com");
  BOOST_REQUIRE(applied.dropped.size() == 1U);
  BOOST_TEST(applied.dropped[0].code == "unusable-host");
  BOOST_TEST(applied.dropped[0].place == "incoming[0]");
}

BOOST_AUTO_TEST_CASE(P5_a_user_name_with_an_unknown_placeholder_must_be_asked_for) {
  BOOST_TEST(username_for("fred@example.com", "%REALNAME%").empty());
  BOOST_TEST(username_for("fred@example.com", "%EMAILLOCALPART%-%REALNAME%").empty());
}

BOOST_AUTO_TEST_CASE(P7_a_host_that_is_no_host_afterwards_is_dropped) {
  const auto hosts = with({imap_at("%EMAILLOCALPART%.example.com")});
  BOOST_TEST(for_address(hosts, address("fred@example.com")).settings.incoming[0].hostname == "fred.example.com");
  BOOST_TEST(for_address(hosts, address("fr_ed@example.com")).settings.incoming.empty());
  BOOST_TEST(for_address(hosts, address("evil.example/x@example.com")).settings.incoming.empty());
}

BOOST_AUTO_TEST_CASE(P7_an_odd_local_part_cannot_change_the_path_or_host_of_a_url) {
  Settings settings;
  Service service;
  service.url = "https://dav.example.com/%EMAILADDRESS%/";
  settings.services = {service};
  const auto applied = for_address(settings, address("a/../b?c#d@example.com"));
  BOOST_TEST(applied.settings.services[0].url == "https://dav.example.com/a%2F..%2Fb%3Fc%23d@example.com/");
  settings.services[0].url = "https://%EMAILLOCALPART%.example.com/";
  BOOST_TEST(for_address(settings, address("evil.example/@example.com")).settings.services.empty());
}

BOOST_AUTO_TEST_CASE(P8_a_literal_user_name_is_used_as_it_is) {
  BOOST_TEST(username_for("fred@example.com", "your-username") == "your-username");
}

BOOST_AUTO_TEST_CASE(P13_a_local_part_login_is_the_local_part) {
  BOOST_TEST(username_for("fred+x@example.com", "%EMAILLOCALPART%") == "fred+x");
}

BOOST_AUTO_TEST_CASE(P16_a_realm_is_passed_through) {
  BOOST_TEST(username_for("fred@example.com", "CORP\\%EMAILLOCALPART%") == "CORP\\fred");
}

BOOST_AUTO_TEST_CASE(sign_in_and_pages_are_filled_in) {
  Settings settings;
  settings.oauth2 =
      OAuth2{"login.%EMAILDOMAIN%", "https://login.%EMAILDOMAIN%/auth", "https://login.%FOO%/", "mail", ""};
  settings.documentation = {{"https://help.%EMAILDOMAIN%/", {}}};
  settings.webmail_url = "https://%EMAILDOMAIN%/mail";
  const auto applied = for_address(settings, address("fred@example.com")).settings;
  BOOST_TEST(applied.oauth2->issuer == "login.example.com");
  BOOST_TEST(applied.oauth2->auth_url == "https://login.example.com/auth");
  BOOST_TEST(applied.oauth2->token_url.empty());
  BOOST_TEST(applied.documentation[0].url == "https://help.example.com/");
  BOOST_TEST(applied.webmail_url == "https://example.com/mail");
}

BOOST_AUTO_TEST_CASE(for_a_domain_the_user_names_stay_templates) {
  const auto applied = for_domain(with({imap_at("imap.%EMAILDOMAIN%", "%EMAILLOCALPART%@%EMAILDOMAIN%")}),
                                  DomainName::parse("example.com").value());
  BOOST_TEST(applied.settings.incoming[0].hostname == "imap.example.com");
  BOOST_TEST(applied.settings.incoming[0].username == "%EMAILLOCALPART%@example.com");
}

BOOST_AUTO_TEST_CASE(for_a_domain_a_host_that_needs_the_local_part_is_dropped) {
  const auto applied =
      for_domain(with({imap_at("%EMAILLOCALPART%.example.com")}), DomainName::parse("example.com").value());
  BOOST_TEST(applied.settings.incoming.empty());
  BOOST_TEST(applied.dropped.size() == 1U);
}
