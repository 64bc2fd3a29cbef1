#include <boost/test/unit_test.hpp>

#include "subjects.h"

using namespace subjects;

namespace {

std::string setup(const GuideSubject& subject, const GuideStyle& style, const SetupPage& page = {}) {
  const auto text = write_setup_page(subject, style, page);
  BOOST_TEST_REQUIRE(text.has_value(), (text ? "" : text.error().text()));
  return *text;
}

ProbedPort probed(ProofOutcome outcome, CertificateVerdict verdict = CertificateVerdict::valid) {
  ProbedPort port;
  port.server = server(ServerType::imap, "imap.example.org", 993);
  port.proof.outcome = outcome;
  port.proof.tls = TlsFacts{"TLSv1.3", "", verdict, {}, "", ""};
  return port;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(setup_page)

BOOST_AUTO_TEST_CASE(it_shows_the_settings_of_the_address) {
  const auto page = setup(subject_of("alice@example.org"), on_server());
  for (const char* value : {"imap.example.org", "993", "smtp.example.org", "587", "alice@example.org"})
    BOOST_TEST(holds(page, std::string("<code class=\"copy\">") + value + "</code>"), value);
  BOOST_TEST(holds(page, "STARTTLS"));
  BOOST_TEST(!holds(page, "pop.example.org"));
}

BOOST_AUTO_TEST_CASE(it_explains_both_protocols_and_leads_to_the_other) {
  const auto page = setup(subject(), on_server());
  BOOST_TEST(holds(page, "Mail stays on the server."));
  BOOST_TEST(holds(page, "href=\"/?lang=en&amp;protocol=pop3#protocol\""));
  GuideStyle pop3 = on_server();
  pop3.protocol = ServerType::pop3;
  BOOST_TEST(holds(setup(subject(), pop3), "pop.example.org"));
  BOOST_TEST(!holds(setup(without(ServerType::pop3), on_server()), "Mail stays on the server."));
  BOOST_TEST(holds(setup(without(ServerType::pop3), pop3), "imap.example.org"));
}

BOOST_AUTO_TEST_CASE(a_profile_is_offered_to_an_address_that_can_have_one) {
  BOOST_TEST(holds(setup(subject_of("a+b@example.org"), on_server()),
                   "href=\"/email.mobileconfig?emailaddress=a%2Bb%40example.org\""));
  BOOST_TEST(!holds(setup(subject(), on_server()), "mobileconfig"));
  GuideStyle pop3 = on_server();
  pop3.protocol = ServerType::pop3;
  BOOST_TEST(!holds(setup(subject_of("alice@example.org"), pop3), "mobileconfig"));
  GuideSubject by_browser = by_browser_only();
  by_browser.address = *EmailAddress::parse("alice@example.org");
  BOOST_TEST(!holds(setup(by_browser, on_server()), "mobileconfig"));
}

BOOST_AUTO_TEST_CASE(it_links_every_guide_and_article_below_its_path) {
  const auto page = setup(subject(), on_server("/setup"));
  for (const auto& title : guide_titles("en"))
    BOOST_TEST(holds(page, "href=\"/setup/guide/" + title.id + "?lang=en\""));
  for (const auto& title : article_titles("en"))
    BOOST_TEST(holds(page, "href=\"/setup/help/" + title.id + "?lang=en\""));
  BOOST_TEST(holds(page, "href=\"/setup/style.css\""));
  BOOST_TEST(holds(page, "action=\"/setup\""));
}

BOOST_AUTO_TEST_CASE(it_tells_who_helps) {
  const auto page = setup(with_everything(), on_server());
  for (const char* part : {"mailto:help@example.org", "tel:+15550100", "https://www.example.org/help", "9 to 5",
                           "Example Hosting", "https://www.example.org/logo.png"})
    BOOST_TEST(holds(page, part), part);
  BOOST_TEST(!holds(setup(subject(), on_server()), "id=\"support\""));
}

BOOST_AUTO_TEST_CASE(a_test_is_told_in_words) {
  const auto works = setup(subject(), on_server(), {std::vector{probed(ProofOutcome::proven)}, ""});
  BOOST_TEST(holds(works, "<li class=\"works\"><code>imap.example.org:993</code> works:"));
  const auto expired =
      setup(subject(), on_server(), {std::vector{probed(ProofOutcome::refused, CertificateVerdict::expired)}, ""});
  BOOST_TEST(holds(expired, "its certificate has expired"));
  auto nowhere = probed(ProofOutcome::refused);
  nowhere.proof.tls.reset();
  BOOST_TEST(holds(setup(subject(), on_server(), {std::vector{nowhere}, ""}), "does not answer"));
  nowhere.address = "192.0.2.1";
  BOOST_TEST(holds(setup(subject(), on_server(), {std::vector{nowhere}, ""}), "not in the published way"));
  BOOST_TEST(holds(setup(subject(), on_server(), {{}, "busy"}), "Try again in a minute."));
}

BOOST_AUTO_TEST_CASE(without_a_self_test_there_is_no_button_for_it) {
  GuideStyle silent = on_server();
  silent.place.self_test = false;
  BOOST_TEST(!holds(setup(subject(), silent), "self-test"));
}

BOOST_AUTO_TEST_CASE(a_domain_without_encryption_has_a_page_that_says_so) {
  const auto page = setup(without_encryption(), on_server());
  BOOST_TEST(holds(page, "publishes no encrypted mail servers"));
  BOOST_TEST(!holds(page, "/guide/"));
}

BOOST_AUTO_TEST_CASE(only_encrypted_servers_of_the_domain_are_tested) {
  BOOST_TEST(guide_servers(settings()).size() == 3U);
  BOOST_TEST(guide_servers(without_encryption().settings).empty());
}

BOOST_AUTO_TEST_CASE(no_guide_and_no_article_has_more_than_60_kilobytes_with_all_it_needs) {
  const GuideSubject about = with_everything();
  const auto parts = page_script().text.size() + page_stylesheet("").text.size();
  for (const auto& language : guide_languages()) {
    GuideStyle style = on_server();
    style.language = language;
    const auto is_light = [&](const Result<std::string>& page, const GuideTitle& title) {
      BOOST_TEST_REQUIRE(page.has_value(), title.id);
      BOOST_TEST(page->size() + parts < 60'000U, language << "/" << title.id << " has " << page->size());
    };
    for (const auto& title : guide_titles(language)) is_light(write_guide(title.id, about, style), title);
    for (const auto& title : article_titles(language)) is_light(write_article(title.id, about, style), title);
  }
}

BOOST_AUTO_TEST_CASE(a_page_has_no_more_than_60_kilobytes_and_nothing_of_others) {
  for (const GuideSubject& subject : all()) {
    const auto page = setup(subject, on_server());
    BOOST_TEST(page.size() + page_script().text.size() + page_stylesheet("").text.size() < 60'000U);
    BOOST_TEST(!holds(page, "<style"));
    BOOST_TEST(!holds(page, "style=\""));
    BOOST_TEST(!holds(page, "onclick"));
  }
}

BOOST_AUTO_TEST_SUITE_END()
