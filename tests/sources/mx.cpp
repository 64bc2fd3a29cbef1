// What the provider says that the domain's mail goes to.
#include <boost/test/unit_test.hpp>

#include "sources/mx_domains.h"
#include "sources/provider_data.h"
#include "sources/questions.h"
#include "sources/sources.h"

using namespace mailconf;
using namespace mailconf::test;
using boost::test_tools::per_element;

namespace {

using Texts = std::vector<std::string>;

Texts domains(const Answer& answer, std::string_view own = "example.org") {
  Texts texts;
  for (const auto& domain : mx_domains(answer, about(own)).domains) texts.push_back(domain.ascii());
  return texts;
}

constexpr const char* full_file = "https://autoconfig.premium.europe.host.example/mail/config-v1.1.xml";
constexpr const char* base_file = "https://autoconfig.host.example/mail/config-v1.1.xml";
const Answer premium = mail_to({{10, "mx.premium.europe.host.example"}});

}  // namespace

BOOST_AUTO_TEST_SUITE(mx_lookup)

BOOST_AUTO_TEST_CASE(D13_a_null_mx_leads_nowhere) {
  BOOST_TEST(domains(mail_to({{0, ""}})).empty());
  BOOST_TEST(mx_domains(mail_to({{0, ""}}), about("example.org")).verdict.reason ==
             "null MX: the domain takes no mail");
}

BOOST_AUTO_TEST_CASE(D14_a_domain_without_mx_names_no_provider) {
  const auto mx = mx_domains(no_records(), about("example.org"));
  BOOST_TEST(mx.domains.empty());
  BOOST_TEST((mx.verdict.outcome == Outcome::absent));
}

BOOST_AUTO_TEST_CASE(D15_the_lowest_preference_wins_in_any_order_of_records) {
  const Texts expected{"first.example"};
  BOOST_TEST(
      domains(mail_to({{20, "mx.second.example"}, {5, "mx.first.example"}, {10, "mx.third.example"}})) == expected,
      per_element());
  BOOST_TEST(
      domains(mail_to({{10, "mx.third.example"}, {20, "mx.second.example"}, {5, "mx.first.example"}})) == expected,
      per_element());
}

BOOST_AUTO_TEST_CASE(D15_among_equal_preferences_the_first_name_wins) {
  const Texts expected{"alpha.example"};
  BOOST_TEST(domains(mail_to({{10, "mx.beta.example"}, {10, "mx.alpha.example"}})) == expected, per_element());
  BOOST_TEST(domains(mail_to({{10, "mx.alpha.example"}, {10, "mx.beta.example"}})) == expected, per_element());
}

BOOST_AUTO_TEST_CASE(D16_the_full_domain_comes_before_the_base_domain_and_never_the_suffix) {
  const Texts expected{"olc.foo.co.uk", "foo.co.uk"};
  BOOST_TEST(domains(mail_to({{10, "mx1.olc.foo.co.uk"}})) == expected, per_element());
  BOOST_TEST(domains(mail_to({{10, "mx.foo.co.uk"}})) == Texts{"foo.co.uk"}, per_element());
}

BOOST_AUTO_TEST_CASE(D17_mail_that_stays_at_home_leads_nowhere) {
  for (const char* host : {"mx.example.org", "a.b.example.org", "example.org"}) {
    const auto mx = mx_domains(mail_to({{10, host}}), about("example.org"));
    BOOST_TEST(mx.domains.empty());
    BOOST_TEST((mx.verdict.outcome == Outcome::skipped));
  }
  BOOST_TEST(domains(mail_to({{10, "mx.example.org"}}), "cs.example.org").empty());
}

BOOST_AUTO_TEST_CASE(D18_an_mx_host_directly_below_the_suffix_has_no_full_domain) {
  BOOST_TEST(domains(mail_to({{10, "foo.co.uk"}})) == Texts{"foo.co.uk"}, per_element());
}

BOOST_AUTO_TEST_CASE(records_that_name_no_host_are_passed_over) {
  BOOST_TEST(
      domains(mail_to({{1, "under_score.example"}, {2, "localhost"}, {3, "mx.host.example"}})) == Texts{"host.example"},
      per_element());
  BOOST_TEST((mx_domains(mail_to({{1, "localhost"}}), about("example.org")).verdict.outcome == Outcome::unknown));
}

BOOST_AUTO_TEST_CASE(D10_a_failed_lookup_is_unknown) {
  BOOST_TEST((mx_domains(failed(FailureKind::dns_failure), about("example.org")).verdict.outcome == Outcome::unknown));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(mx_autoconfig)

BOOST_AUTO_TEST_CASE(H5_the_providers_files_are_asked_for_full_domain_first_and_without_the_address) {
  const Subject subject = about_address("alice@example.org");
  const auto source = make_mx_autoconfig_source(subject);
  const Step first = source->begin();
  BOOST_TEST(asked(first) == Texts{"MX example.org"}, per_element());
  const Step second = source->on_answer(first.ask.at(0), premium);
  BOOST_TEST((second.verdict == Verdict{Outcome::found, "mail goes to mx.premium.europe.host.example"}));
  const Texts expected{full_file, base_file};
  BOOST_TEST(asked(second) == expected, per_element());
  for (const auto& question : second.ask) BOOST_TEST(asked(source->on_answer(question, status(404))).empty());
}

BOOST_AUTO_TEST_CASE(the_file_of_the_full_domain_wins_in_any_order_of_arrival) {
  for (const bool full_first : {true, false}) {
    const Subject subject = about("example.org");
    const auto source = make_mx_autoconfig_source(subject);
    const Step step = source->on_answer(source->begin().ask.at(0), premium);
    const Answer full = page(document({}, {"imap full.host.example 993 SSL"}));
    const Answer base = page(document({}, {"imap base.host.example 993 SSL"}));
    std::optional<Settings> found;
    for (const bool is_full : {full_first, !full_first}) {
      const Step answered = source->on_answer(step.ask.at(is_full ? 0 : 1), is_full ? full : base);
      if (answered.found) found = answered.found;
    }
    BOOST_REQUIRE(found);
    BOOST_TEST(found->incoming.at(0).hostname == "full.host.example");
  }
}

BOOST_AUTO_TEST_CASE(the_file_of_the_base_domain_serves_when_the_full_domain_has_none) {
  for (const bool full_first : {true, false}) {
    const Subject subject = about("example.org");
    const auto source = make_mx_autoconfig_source(subject);
    const Step step = source->on_answer(source->begin().ask.at(0), premium);
    const Answer full = failed(FailureKind::no_such_name);
    const Answer base = page(document({"host.example"}));
    const Step one = source->on_answer(step.ask.at(full_first ? 0 : 1), full_first ? full : base);
    BOOST_TEST(!one.found);
    const Step two = source->on_answer(step.ask.at(full_first ? 1 : 0), full_first ? base : full);
    BOOST_TEST(two.found.has_value());
  }
}

BOOST_AUTO_TEST_CASE(X24_a_providers_file_lists_the_mx_domain_rather_than_the_address_domain) {
  const Subject subject = about("example.org");
  const auto source = make_mx_autoconfig_source(subject);
  const Step step = source->on_answer(source->begin().ask.at(0), mail_to({{10, "mx.host.example"}}));
  const Step found = source->on_answer(step.ask.at(0), page(document({"host.example"})));
  BOOST_TEST(found.found.has_value());
  BOOST_TEST(codes(found).empty());
}

BOOST_AUTO_TEST_CASE(a_failed_mx_lookup_asks_nothing_more) {
  const Subject subject = about("example.org");
  const auto source = make_mx_autoconfig_source(subject);
  const Step step = source->on_answer(source->begin().ask.at(0), failed(FailureKind::dns_timeout));
  BOOST_TEST(asked(step).empty());
  BOOST_TEST((step.verdict.outcome == Outcome::unknown));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(mx_ispdb)

BOOST_AUTO_TEST_CASE(H4_the_database_is_asked_for_the_providers_domains) {
  const Subject subject = about_address("alice@example.org");
  const auto source = make_mx_ispdb_source(subject);
  const Step step = source->on_answer(source->begin().ask.at(0), premium);
  const Texts expected{"https://db.example/v1.1/premium.europe.host.example", "https://db.example/v1.1/host.example"};
  BOOST_TEST(asked(step) == expected, per_element());
}

BOOST_AUTO_TEST_CASE(H4_the_entry_of_the_full_domain_is_preferred) {
  const Subject subject = about("example.org");
  const auto source = make_mx_ispdb_source(subject);
  const Step step = source->on_answer(source->begin().ask.at(0), premium);
  BOOST_TEST(!source->on_answer(step.ask.at(1), page(document({"host.example"}))).found);
  const auto better = document({"premium.europe.host.example"}, {"imap full.host.example 993 SSL"});
  const Step found = source->on_answer(step.ask.at(0), page(better));
  BOOST_REQUIRE(found.found);
  BOOST_TEST(found.found->incoming.at(0).hostname == "full.host.example");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(mx_builtin)

BOOST_AUTO_TEST_CASE(a_known_provider_is_found_by_the_mx_host) {
  struct Row {
    const char* mx;
    const char* provider;
  };
  for (const auto& row :
       {Row{"aspmx.l.google.com", "googlemail.com"}, Row{"example-org.mail.protection.outlook.com", "office365.com"},
        Row{"example-org.olc.protection.outlook.com", "hotmail.com"}, Row{"mx00.kundenserver.de", "1und1.de"}}) {
    Subject subject = about("example.org");
    subject.providers = &ProviderData::builtin();
    const auto source = make_mx_builtin_source(subject);
    const Step step = source->on_answer(source->begin().ask.at(0), mail_to({{10, row.mx}}));
    BOOST_REQUIRE_MESSAGE(step.found, row.mx);
    BOOST_TEST(step.found->provider.id == row.provider);
    BOOST_TEST(step.verdict.reason == std::string("mail goes to ") + row.mx + "; facts of 2026-03-12");
    BOOST_TEST(asked(step).empty());
  }
}

BOOST_AUTO_TEST_CASE(an_unknown_provider_is_absent) {
  Subject subject = about("example.org");
  subject.providers = &ProviderData::builtin();
  const auto source = make_mx_builtin_source(subject);
  const Step step = source->on_answer(source->begin().ask.at(0), premium);
  BOOST_TEST(!step.found);
  BOOST_TEST(
      (step.verdict == Verdict{Outcome::absent, "mail goes to mx.premium.europe.host.example, which is not listed"}));
}

BOOST_AUTO_TEST_SUITE_END()
