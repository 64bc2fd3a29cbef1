// What becomes of OAuth2 when it is known, and when it is not known, who gives out the tokens.
#include "engine/sign_in.h"

#include <boost/test/unit_test.hpp>

using namespace mailconf;

namespace {

using enum Authentication;

const OAuth2 own_issuer{"login.example.org", "https://login.example.org/auth", "https://login.example.org/token",
                        "mail", ""};
constexpr std::string_view known_hosts =
    "imap.example.net\tlogin.example.net\thttps://login.example.net/auth\thttps://login.example.net/token\tmail\n";

FoundServer imap(const std::string& host, std::vector<Authentication> ways) {
  FoundServer found;
  found.server.hostname = host;
  found.server.port = 993;
  found.server.authentication = std::move(ways);
  return found;
}

Finding finding(std::vector<FoundServer> incoming, const std::optional<OAuth2>& oauth2 = {},
                Trust trust = Trust::authenticated) {
  Finding made;
  made.rank = 0;
  made.incoming = std::move(incoming);
  made.settings.oauth2 = oauth2;
  made.trust = trust;
  const ProviderData providers({.sign_in = known_hosts});
  settle_sign_in(made, &providers);
  return made;
}

std::string ways(const FoundServer& found) {
  std::string text;
  for (const auto way : found.server.authentication) text += std::string(to_string(way)) + " ";
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sign_in)

BOOST_AUTO_TEST_CASE(X16_OAuth2_without_a_known_issuer_gives_way_to_the_password) {
  const auto made = finding({imap("imap.example.org", {oauth2, password_cleartext})});
  BOOST_REQUIRE(made.incoming.size() == 1U);
  BOOST_TEST(ways(made.incoming[0]) == "password-cleartext ");
  BOOST_REQUIRE(made.reservations.size() == 1U);
  BOOST_TEST((made.reservations[0].kind == Reservation::oauth2_unknown));
  BOOST_TEST(!made.settings.oauth2);
}

BOOST_AUTO_TEST_CASE(X16_OAuth2_stays_where_the_settings_name_an_issuer) {
  const auto made = finding({imap("imap.example.org", {oauth2, password_cleartext})}, own_issuer);
  BOOST_TEST(ways(made.incoming.at(0)) == "OAuth2 password-cleartext ");
  BOOST_TEST(made.reservations.empty());
}

BOOST_AUTO_TEST_CASE(X16_an_issuer_without_endpoints_can_be_discovered) {
  OAuth2 issuer_alone;
  issuer_alone.issuer = "login.example.org";
  BOOST_TEST(ways(finding({imap("imap.example.org", {oauth2})}, issuer_alone).incoming.at(0)) == "OAuth2 ");
}

BOOST_AUTO_TEST_CASE(X16_a_scope_alone_leads_nowhere) {
  OAuth2 scope_alone;
  scope_alone.scope = "mail";
  BOOST_TEST(finding({imap("imap.example.org", {oauth2})}, scope_alone).incoming.empty());
}

BOOST_AUTO_TEST_CASE(X17_a_server_with_unknown_OAuth2_alone_gives_way_to_another) {
  const auto made = finding({imap("a.example.org", {oauth2}), imap("b.example.org", {password_cleartext})});
  BOOST_REQUIRE(made.incoming.size() == 1U);
  BOOST_TEST(made.incoming[0].server.hostname == "b.example.org");
  BOOST_TEST((made.reservations.at(0).kind == Reservation::oauth2_alone));
  BOOST_TEST(made.reservations[0].server.hostname == "a.example.org");
}

BOOST_AUTO_TEST_CASE(X19_known_OAuth2_listed_first_stays_first_and_its_endpoints_are_named) {
  const auto made = finding({imap("imap.example.net", {oauth2, password_cleartext})});
  BOOST_TEST(ways(made.incoming.at(0)) == "OAuth2 password-cleartext ");
  BOOST_REQUIRE(made.settings.oauth2);
  BOOST_TEST(made.settings.oauth2->issuer == "login.example.net");
  BOOST_TEST(made.settings.oauth2->token_url == "https://login.example.net/token");
}

BOOST_AUTO_TEST_CASE(settings_that_another_party_could_have_written_do_not_move_the_sign_in_page_of_a_known_host) {
  const auto made = finding({imap("imap.example.net", {oauth2})}, own_issuer, Trust::confirm);
  BOOST_TEST(made.settings.oauth2.value().issuer == "login.example.net");
  const auto trusted = finding({imap("imap.example.net", {oauth2})}, own_issuer, Trust::authenticated);
  BOOST_TEST(trusted.settings.oauth2.value().issuer == "login.example.org");
}

BOOST_AUTO_TEST_CASE(an_issuer_without_endpoints_has_those_that_are_known_of_it) {
  OAuth2 issuer_alone;
  issuer_alone.issuer = "https://login.example.net";
  const auto made = finding({imap("imap.example.net", {oauth2})}, issuer_alone);
  BOOST_TEST(made.settings.oauth2.value().token_url == "https://login.example.net/token");
  BOOST_TEST(!issuer_to_ask(made));
}

BOOST_AUTO_TEST_CASE(an_issuer_is_asked_where_a_server_takes_tokens_and_nobody_knows_its_endpoints) {
  OAuth2 issuer_alone;
  issuer_alone.issuer = "login.example.org";
  BOOST_TEST(issuer_to_ask(finding({imap("imap.example.org", {oauth2})}, issuer_alone)).value() == "login.example.org");
  BOOST_TEST(!issuer_to_ask(finding({imap("imap.example.org", {password_cleartext})}, issuer_alone)));
  BOOST_TEST(!issuer_to_ask(finding({imap("imap.example.org", {oauth2})}, own_issuer)));
}

BOOST_AUTO_TEST_CASE(what_an_issuer_says_completes_the_settings_and_replaces_nothing) {
  OAuth2 half = own_issuer;
  half.token_url.clear();
  auto made = finding({imap("imap.example.org", {oauth2})}, half);
  OAuth2 says{"https://login.example.org", "https://other.example.org/auth", "https://other.example.org/token", "all",
              ""};
  says.registration_url = "https://login.example.org/register";
  complete_sign_in(made, {{"login.example.org", says}});
  const auto& known = made.settings.oauth2.value();
  BOOST_TEST(known.auth_url == "https://login.example.org/auth");
  BOOST_TEST(known.token_url == "https://other.example.org/token");
  BOOST_TEST(known.scope == "mail");
  BOOST_TEST(known.registration_url == "https://login.example.org/register");
}

BOOST_AUTO_TEST_CASE(servers_that_take_no_tokens_are_left_alone) {
  const auto made = finding({imap("imap.example.net", {password_cleartext, gssapi})});
  BOOST_TEST(ways(made.incoming.at(0)) == "password-cleartext GSSAPI ");
  BOOST_TEST(!made.settings.oauth2);
}

BOOST_AUTO_TEST_SUITE_END()
