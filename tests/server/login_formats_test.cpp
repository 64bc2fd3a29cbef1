// The name that somebody signs in with, in every document that tells one.
#include <boost/test/unit_test.hpp>

#include "server/fake_logins.h"
#include "server/published.h"

namespace mailconf::testing {
namespace {

using namespace std::chrono_literals;

constexpr auto camille = "camille@example.com";
constexpr auto calendar =
    "logins = \"staff\"\n[[service]]\ntype = \"caldav\"\nurl = \"https://dav.example.com/\"\nauthentication = "
    "[\"http-basic\"]\nusername = \"%EMAILADDRESS%\"\n";

Wishes looked_up(const std::shared_ptr<server::LoginLookup>& lookup) {
  Wishes wishes;
  wishes.surroundings.logins = {{"staff", lookup}};
  wishes.limits.login.answer_time = 20ms;
  wishes.limits.login.end_time = 20ms;
  return wishes;
}

std::string autoconfig_of(const std::string& address) { return "/mail/config-v1.1.xml?emailaddress=" + address; }

std::string autodiscover_about(const std::string& address) {
  return "<Autodiscover "
         "xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006\"><Request>"
         "<EMailAddress>" +
         address + "</EMailAddress></Request></Autodiscover>";
}

template <class Lookup>
struct Company {
  Company() : published({definition({"example.com"}, calendar), definition({"example.org"})}, looked_up(lookup)) {}

  [[nodiscard]] Reply autoconfig(const std::string& address) const {
    return published.get(autoconfig_of(address), "autoconfig.example.com");
  }
  [[nodiscard]] Reply autodiscover(const std::string& address) const {
    return published.post("/autodiscover/autodiscover.xml", "autodiscover.example.com", autodiscover_about(address));
  }
  [[nodiscard]] Reply profile(const std::string& address) const {
    return published.get("/email.mobileconfig?emailaddress=" + address, "example.com");
  }
  // Asked again until the look-up is done and remembered.
  template <class Ask>
  Reply with_the_name(const Ask& ask, const std::string& name) const {
    auto reply = ask();
    for (int i = 0; i < 500 && reply.body.find(name) == std::string::npos; ++i) reply = ask();
    BOOST_TEST(reply.body.find(name) != std::string::npos, reply.body);
    return reply;
  }

  std::shared_ptr<Lookup> lookup = std::make_shared<Lookup>();
  Published published;
};
using Staff = Company<FakeLogins>;

// Every document about somebody, one after the other, without the times of errors.
template <class Lookup>
std::vector<std::string> documents_about(const Company<Lookup>& company, const std::string& address) {
  return {company.autoconfig(address).body, company.autodiscover(address).body, company.profile(address).body};
}

std::string replaced_by(std::string text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(login_formats, Staff)

BOOST_AUTO_TEST_CASE(row_38_autoconfig_tells_it_for_every_server_and_service) {
  lookup->signs_in_as(camille, "cdubois");
  const auto settings = document_of(with_the_name([this] { return autoconfig(camille); }, "cdubois"));
  BOOST_TEST(settings.incoming.front().username == "cdubois");
  BOOST_TEST(settings.outgoing.front().username == "cdubois");
  BOOST_TEST(settings.incoming.front().hostname == "imap.example.com");
}

BOOST_AUTO_TEST_CASE(row_38_autodiscover_tells_it) {
  lookup->signs_in_as(camille, "cdubois");
  const auto reply = with_the_name([this] { return autodiscover(camille); }, "<LoginName>cdubois</LoginName>");
  BOOST_TEST(reply.body.find("<LoginName>camille") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(row_38_the_profile_tells_it) {
  lookup->signs_in_as(camille, "cdubois");
  const auto reply = with_the_name([this] { return profile(camille); }, "<string>cdubois</string>");
  BOOST_TEST(reply.body.find("<key>EmailAddress</key>") != std::string::npos);
  BOOST_TEST(reply.body.find(camille) != std::string::npos);  // the address stays what it is
}

BOOST_AUTO_TEST_CASE(row_38_without_an_address_the_placeholder_stands_and_nobody_is_asked) {
  for (const std::string target : {"/mail/config-v1.1.xml", "/v1.1/example.com"})
    BOOST_TEST(document_of(published.get(target, "autoconfig.example.com")).incoming.front().username ==
               "%EMAILADDRESS%");
  BOOST_TEST(lookup->questions().empty());
}

BOOST_AUTO_TEST_CASE(a_domain_that_does_not_name_the_directory_is_not_looked_up) {
  BOOST_TEST(document_of(autoconfig("camille@example.org")).incoming.front().username == "camille@example.org");
  BOOST_TEST(lookup->questions().empty());
}

BOOST_AUTO_TEST_CASE(a_name_is_escaped_for_its_document_and_means_nothing_in_it) {
  lookup->signs_in_as(camille, "\"<b>&%EMAILDOMAIN%'");
  const auto reply = with_the_name([this] { return autoconfig(camille); }, "&lt;b&gt;&amp;%EMAILDOMAIN%");
  BOOST_TEST(document_of(reply).incoming.front().username == "\"<b>&%EMAILDOMAIN%'");
  BOOST_TEST(autodiscover(camille).body.find("<b>") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_letter_case_of_the_local_part_is_the_directorys_business) {
  lookup->signs_in_as("Camille@example.com", "cdubois");
  with_the_name([this] { return autoconfig("Camille@EXAMPLE.com"); }, "cdubois");
}

BOOST_AUTO_TEST_CASE(no_line_of_the_log_holds_address_or_name) {
  lookup->signs_in_as(camille, "cdubois");
  with_the_name([this] { return autoconfig(camille); }, "cdubois");
  lookup->can_be_asked(false);
  BOOST_TEST(autoconfig("other@example.com").status == 200);
  BOOST_TEST(published.channel->waits_for("logins.staff: cannot be asked"));
  for (const auto* secret : {"camille", "cdubois", "other@"}) BOOST_TEST(published.channel->lines_with(secret).empty());
}

BOOST_AUTO_TEST_CASE(the_metrics_count_what_came_of_look_ups) {
  lookup->signs_in_as(camille, "cdubois");
  with_the_name([this] { return autoconfig(camille); }, "cdubois");
  const auto text = ask(published.admin(), "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n").body;
  BOOST_TEST(text.find("mailconfd_login_look_ups_total{outcome=\"found\"} 1") != std::string::npos);
  BOOST_TEST(text.find("camille") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(rows_48_99_nobody_and_a_directory_that_is_away_look_the_same) {
  const auto nobody = documents_about(*this, "alice@example.com");
  lookup->can_be_asked(false);
  const auto unknown = documents_about(*this, "carol@example.com");
  for (std::size_t i = 0; i < nobody.size(); ++i) {
    // The identifiers of a profile are made of the address.
    if (i == 2) continue;
    BOOST_TEST(replaced_by(nobody[i], "alice", "carol") == unknown[i]);
  }
  BOOST_TEST(nobody[2].find("<string>alice@example.com</string>") != std::string::npos);
  BOOST_TEST(unknown[2].find("<string>carol@example.com</string>") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(row_48_who_signs_in_with_the_address_is_not_told_from_nobody) {
  const auto nobody = documents_about(*this, camille);
  lookup->signs_in_as("alice@example.com", "alice@example.com");
  const auto somebody = documents_about(*this, "alice@example.com");
  for (std::size_t i = 0; i < 2; ++i) BOOST_TEST(replaced_by(nobody[i], "camille", "alice") == somebody[i]);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(login_formats_of_a_directory_that_hangs, Company<HeldLogins>)

BOOST_AUTO_TEST_CASE(row_99_every_format_is_answered_with_what_is_published_for_everybody) {
  lookup->signs_in_as(camille, "cdubois");
  for (const auto& text : documents_about(*this, camille)) {
    BOOST_TEST(text.find("imap.example.com") != std::string::npos);
    BOOST_TEST(text.find(camille) != std::string::npos);
    BOOST_TEST(text.find("cdubois") == std::string::npos);
  }
  lookup->release();
}

BOOST_AUTO_TEST_CASE(row_99_the_server_ends_all_the_same) {
  BOOST_TEST(autoconfig(camille).status == 200);
  lookup->wait_for(1);
  published.server->stop();
  lookup->release();
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
