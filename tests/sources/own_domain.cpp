// What the domain, its administrator and the databases say of the domain itself.
#include <boost/test/unit_test.hpp>

#include "sources/catalog.h"
#include "sources/provider_data.h"
#include "sources/questions.h"
#include "sources/sources.h"

using namespace mailconf;
using namespace mailconf::test;
using boost::test_tools::per_element;

namespace {

using Texts = std::vector<std::string>;

constexpr const char* autoconfig_file = "https://autoconfig.example.org/mail/config-v1.1.xml";

}  // namespace

BOOST_AUTO_TEST_SUITE(catalog)

BOOST_AUTO_TEST_CASE(the_sources_stand_in_order_of_preference) {
  Texts ids;
  for (const auto& entry : standard_catalog()) ids.emplace_back(entry.id);
  const Texts expected{"policy", "pacc",    "autoconfig",    "well-known", "autoconfig-http",
                       "ispdb",  "builtin", "mx-autoconfig", "mx-ispdb",   "mx-builtin",
                       "srv",    "txt",     "autodiscover",  "parent",     "guess"};
  BOOST_TEST(ids == expected, per_element());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(policy)

BOOST_AUTO_TEST_CASE(H20_the_administrators_file_is_found_without_a_question) {
  Subject subject = about("example.org");
  subject.policy_path = "/etc/isp/example.org.xml";
  subject.policy_file = document({"example.org"});
  const Step step = make_policy_source(subject)->begin();
  BOOST_TEST(asked(step).empty());
  BOOST_TEST((step.verdict == Verdict{Outcome::found, ""}));
  BOOST_REQUIRE(step.found);
  BOOST_TEST(servers(step.found->incoming) == Texts{"imap imap.example.org:993 SSL"}, per_element());
}

BOOST_AUTO_TEST_CASE(a_broken_file_is_unknown_and_a_warning_names_it) {
  Subject subject = about("example.org");
  subject.policy_path = "/etc/isp/example.org.xml";
  subject.policy_file = "<clientConfig>";
  const Step step = make_policy_source(subject)->begin();
  BOOST_TEST((step.verdict.outcome == Outcome::unknown));
  BOOST_REQUIRE(step.diagnostics.size() == 1U);
  BOOST_TEST(step.diagnostics[0].code == "bad-policy-file");
  BOOST_TEST(step.diagnostics[0].place == "/etc/isp/example.org.xml");
}

BOOST_AUTO_TEST_CASE(no_file_is_an_absence_and_no_directory_is_skipped) {
  Subject subject = about("example.org");
  BOOST_TEST((make_policy_source(subject)->begin().verdict.outcome == Outcome::skipped));
  subject.policy_path = "/etc/isp/example.org.xml";
  BOOST_TEST(
      (make_policy_source(subject)->begin().verdict == Verdict{Outcome::absent, "no file /etc/isp/example.org.xml"}));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(autoconfig)

BOOST_AUTO_TEST_CASE(the_autoconfig_host_is_asked_without_the_address_at_first) {
  const Subject subject = about_address("alice@example.org");
  const auto source = make_autoconfig_source(subject);
  BOOST_TEST(asked(source->begin()) == Texts{autoconfig_file}, per_element());
}

BOOST_AUTO_TEST_CASE(a_document_is_found) {
  const Subject subject = about("example.org");
  const auto source = make_autoconfig_source(subject);
  const Step first = source->begin();
  const Step step = source->on_answer(first.ask.at(0), page(document({"example.org"})));
  BOOST_TEST(step.found.has_value());
  BOOST_TEST(asked(step).empty());
}

BOOST_AUTO_TEST_CASE(H13_an_answer_400_or_404_is_followed_by_one_request_with_the_address) {
  for (const int code : {400, 404}) {
    const Subject subject = about_address("alice@example.org");
    const auto source = make_autoconfig_source(subject);
    const Step second = source->on_answer(source->begin().ask.at(0), status(code));
    const Texts expected{std::string(autoconfig_file) + "?emailaddress=alice%40example.org"};
    BOOST_TEST(asked(second) == expected, per_element());
    const Step third = source->on_answer(second.ask.at(0), status(code));
    BOOST_TEST(asked(third).empty());
    BOOST_TEST((third.verdict == judge(status(code))));
  }
}

BOOST_AUTO_TEST_CASE(H13_the_document_for_the_address_is_found) {
  const Subject subject = about_address("alice@example.org");
  const auto source = make_autoconfig_source(subject);
  const Step second = source->on_answer(source->begin().ask.at(0), status(404));
  BOOST_TEST(source->on_answer(second.ask.at(0), page(document({"example.org"}))).found.has_value());
}

BOOST_AUTO_TEST_CASE(H13_nothing_but_400_and_404_leads_to_a_request_with_the_address) {
  const Subject subject = about_address("alice@example.org");
  const std::vector<Answer> others{status(401),
                                   status(403),
                                   status(410),
                                   status(429),
                                   status(500),
                                   status(503),
                                   page("<html></html>"),
                                   failed(FailureKind::certificate_bad),
                                   failed(FailureKind::timed_out),
                                   failed(FailureKind::redirect_refused)};
  for (const auto& answer : others) {
    const auto source = make_autoconfig_source(subject);
    BOOST_TEST(asked(source->on_answer(source->begin().ask.at(0), answer)).empty());
  }
}

BOOST_AUTO_TEST_CASE(the_address_is_not_sent_where_it_must_not_be_or_is_not_known) {
  Subject never = about_address("alice@example.org");
  never.send_address = SendAddress::never;
  const Subject domain_only = about("example.org");
  for (const Subject& subject : {never, domain_only}) {
    const auto source = make_autoconfig_source(subject);
    const Step step = source->on_answer(source->begin().ask.at(0), status(404));
    BOOST_TEST(asked(step).empty());
    BOOST_TEST((step.verdict == Verdict{Outcome::absent, "HTTP 404"}));
  }
}

BOOST_AUTO_TEST_CASE(S13_a_plus_is_encoded_in_the_query) {
  const Subject subject = about_address("user+tag@example.org");
  const auto source = make_autoconfig_source(subject);
  const Step step = source->on_answer(source->begin().ask.at(0), status(404));
  const Texts expected{std::string(autoconfig_file) + "?emailaddress=user%2Btag%40example.org"};
  BOOST_TEST(asked(step) == expected, per_element());
}

BOOST_AUTO_TEST_CASE(S17_a_dot_stays_a_dot_in_the_query) {
  const Subject subject = about_address("first.last@example.org");
  const auto source = make_autoconfig_source(subject);
  const Step step = source->on_answer(source->begin().ask.at(0), status(404));
  const Texts expected{std::string(autoconfig_file) + "?emailaddress=first.last%40example.org"};
  BOOST_TEST(asked(step) == expected, per_element());
}

BOOST_AUTO_TEST_CASE(S14_a_domain_with_umlaut_is_asked_for_by_its_a_labels) {
  for (const char* address : {"user@münchen.example", "user@xn--mnchen-3ya.example"}) {
    const Subject subject = about_address(address);
    const auto source = make_autoconfig_source(subject);
    const Step first = source->begin();
    BOOST_TEST(asked(first) == Texts{"https://autoconfig.xn--mnchen-3ya.example/mail/config-v1.1.xml"}, per_element());
    const Step second = source->on_answer(first.ask.at(0), status(404));
    const Texts expected{
        "https://autoconfig.xn--mnchen-3ya.example/mail/config-v1.1.xml?emailaddress=user%40xn--mnchen-3ya.example"};
    BOOST_TEST(asked(second) == expected, per_element());
  }
}

BOOST_AUTO_TEST_CASE(H16_a_demand_for_credentials_is_a_failed_source_and_nothing_more) {
  const Subject subject = about_address("alice@example.org");
  const auto source = make_autoconfig_source(subject);
  const Step step = source->on_answer(source->begin().ask.at(0), status(401));
  BOOST_TEST((step.verdict == Verdict{Outcome::unknown, "HTTP 401: not open to the public"}));
  BOOST_TEST(asked(step).empty());
}

BOOST_AUTO_TEST_CASE(H17_a_temporary_refusal_is_not_retried_by_the_source) {
  const Subject subject = about_address("alice@example.org");
  const auto source = make_autoconfig_source(subject);
  const Step step = source->on_answer(source->begin().ask.at(0), status(503));
  BOOST_TEST((step.verdict.outcome == Outcome::unknown));
  BOOST_TEST(asked(step).empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(well_known)

BOOST_AUTO_TEST_CASE(H14_the_web_site_is_asked_once_and_never_with_the_address) {
  const Subject subject = about_address("alice@example.org");
  const auto source = make_well_known_source(subject);
  const Step first = source->begin();
  BOOST_TEST(asked(first) == Texts{"https://example.org/.well-known/autoconfig/mail/config-v1.1.xml"}, per_element());
  BOOST_TEST(asked(source->on_answer(first.ask.at(0), status(404))).empty());
}

BOOST_AUTO_TEST_CASE(H2_its_document_is_found) {
  const Subject subject = about("example.org");
  const auto source = make_well_known_source(subject);
  const Step first = source->begin();
  BOOST_TEST(source->on_answer(first.ask.at(0), page(document({"example.org"}))).found.has_value());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(ispdb)

BOOST_AUTO_TEST_CASE(H14_the_database_learns_the_domain_only) {
  const Subject subject = about_address("alice@example.org");
  const auto source = make_ispdb_source(subject);
  const Step first = source->begin();
  BOOST_TEST(asked(first) == Texts{"https://db.example/v1.1/example.org"}, per_element());
  BOOST_TEST(asked(source->on_answer(first.ask.at(0), status(404))).empty());
}

BOOST_AUTO_TEST_CASE(a_base_url_without_slash_at_its_end_serves_as_well) {
  Subject subject = about("example.org");
  subject.ispdb = Url::parse("https://db.example/v1.1").value();
  BOOST_TEST(asked(make_ispdb_source(subject)->begin()) == Texts{"https://db.example/v1.1/example.org"}, per_element());
}

BOOST_AUTO_TEST_CASE(H3_its_entry_is_found_when_it_names_a_domain) {
  const Subject subject = about("example.org");
  const auto source = make_ispdb_source(subject);
  const Step first = source->begin();
  BOOST_TEST(source->on_answer(first.ask.at(0), page(document({"example.org"}))).found.has_value());
  BOOST_TEST(!source->on_answer(first.ask.at(0), page(document({}))).found);
}

BOOST_AUTO_TEST_CASE(a_database_that_is_switched_off_is_skipped) {
  Subject subject = about("example.org");
  subject.ispdb.reset();
  for (const auto& source : {make_ispdb_source, make_mx_ispdb_source}) {
    const Step step = source(subject)->begin();
    BOOST_TEST(asked(step).empty());
    BOOST_TEST((step.verdict == Verdict{Outcome::skipped, "switched off"}));
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(builtin)

BOOST_AUTO_TEST_CASE(a_listed_domain_is_found_without_a_question) {
  Subject subject = about("gmail.com");
  subject.providers = &ProviderData::builtin();
  const Step step = make_builtin_source(subject)->begin();
  BOOST_TEST(asked(step).empty());
  BOOST_REQUIRE(step.found);
  const Texts expected{"imap imap.gmail.com:993 SSL", "pop3 pop.gmail.com:995 SSL"};
  BOOST_TEST(servers(step.found->incoming) == expected, per_element());
}

BOOST_AUTO_TEST_CASE(another_domain_is_absent_and_no_data_is_skipped) {
  Subject subject = about("example.org");
  BOOST_TEST((make_builtin_source(subject)->begin().verdict.outcome == Outcome::skipped));
  subject.providers = &ProviderData::builtin();
  BOOST_TEST((make_builtin_source(subject)->begin().verdict == Verdict{Outcome::absent, "not listed"}));
}

BOOST_AUTO_TEST_CASE(H24_a_provider_without_encryption_is_marked) {
  Subject subject = about("nifty.com");
  subject.providers = &ProviderData::builtin();
  const auto all = codes(make_builtin_source(subject)->begin());
  BOOST_TEST((std::find(all.begin(), all.end(), "plaintext-only") != all.end()));
}

BOOST_AUTO_TEST_SUITE_END()
