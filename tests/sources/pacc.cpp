// A document at the domain's own host, believed when its digest is in the DNS.
#include <boost/test/unit_test.hpp>

#include "sources/questions.h"
#include "sources/sources.h"

using namespace mailconf;
using namespace mailconf::test;
using boost::test_tools::per_element;

namespace {

using Texts = std::vector<std::string>;

const std::string digest = "Bt7Eex9FQEKHZmPc+ydw0jhLx2C/QPKwwc07ED24FQ0=";
const std::string record = "v=UAAC1; a=sha256; d=" + digest;
const std::string body = R"({"info":{"provider":{"name":"Example"}},"protocols":{"imap":{"host":"imap.example.com"},)"
                         R"("submit":{"host":"smtp.example.com"}}})";
constexpr const char* file = "https://ua-auto-config.example.org/.well-known/user-agent-configuration.json";

HttpAnswer published(const std::string& with_digest) {
  HttpAnswer answer = page(body, "application/json");
  answer.body_sha256 = with_digest;
  return answer;
}

Step after(const Answer& records) {
  const Subject subject = about_address("alice@example.org");
  const auto source = make_pacc_source(subject);
  return source->on_answer(source->begin().ask.at(0), records);
}

Step after(const Answer& records, const Answer& document) {
  const Subject subject = about_address("alice@example.org");
  const auto source = make_pacc_source(subject);
  const Step step = source->on_answer(source->begin().ask.at(0), records);
  return source->on_answer(step.ask.at(0), document);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pacc)

BOOST_AUTO_TEST_CASE(the_digest_is_asked_for_before_the_document) {
  const Subject subject = about_address("alice@example.org");
  const auto source = make_pacc_source(subject);
  const Step first = source->begin();
  BOOST_TEST(asked(first) == Texts{"TXT _ua-auto-config.example.org"}, per_element());
  const Step second = source->on_answer(first.ask.at(0), texts({record}));
  BOOST_TEST(asked(second) == Texts{file}, per_element());
  BOOST_TEST(!std::get<HttpQuestion>(second.ask.at(0)).follow_redirects);
}

BOOST_AUTO_TEST_CASE(a_document_with_the_published_digest_is_found) {
  const Step step = after(texts({record}), published(digest));
  BOOST_TEST((step.verdict == Verdict{Outcome::found, ""}));
  BOOST_REQUIRE(step.found);
  BOOST_TEST(servers(step.found->incoming) == Texts{"imap imap.example.com:993 SSL"}, per_element());
  BOOST_TEST(servers(step.found->outgoing) == Texts{"smtp smtp.example.com:465 SSL"}, per_element());
}

BOOST_AUTO_TEST_CASE(a_document_with_another_digest_is_refused_with_a_warning) {
  for (const std::string& wrong : {std::string("DHPRwITYI89AzIjY43OUDEZESJG9BMRUl4E68hwaXYk="), std::string()}) {
    const Step step = after(texts({record}), published(wrong));
    BOOST_TEST(!step.found);
    BOOST_TEST((step.verdict.outcome == Outcome::unknown));
    BOOST_TEST(codes(step) == Texts{"digest-mismatch"}, per_element());
  }
}

BOOST_AUTO_TEST_CASE(any_of_several_digests_will_do) {
  const std::string next = "v=UAAC1; a=sha256; d=DHPRwITYI89AzIjY43OUDEZESJG9BMRUl4E68hwaXYk=";
  BOOST_TEST(after(texts({next, record}), published(digest)).found.has_value());
  BOOST_TEST(after(texts({record, next}), published(digest)).found.has_value());
}

BOOST_AUTO_TEST_CASE(the_tags_of_a_record_are_read_leniently) {
  for (const std::string& odd :
       {"d=" + digest + ";a=SHA256;v=uaac1", " V = UAAC1 ;x=1; A=sha256 ;D= " + digest + " ; "}) {
    BOOST_TEST(after(texts({odd}), published(digest)).found.has_value(), odd);
  }
}

BOOST_AUTO_TEST_CASE(without_a_usable_record_the_document_is_not_asked_for) {
  for (const std::string& useless :
       {"v=UAAC1; a=sha512; d=" + digest, "v=UAAC1; d=" + digest, std::string("v=UAAC1; a=sha256"),
        std::string("v=UAAC1; a=sha256; d=short"), std::string("v=UAAC1;a=sha256;d=")}) {
    const Step step = after(texts({useless}));
    BOOST_TEST(asked(step).empty(), useless);
    BOOST_TEST((step.verdict.outcome == Outcome::unknown), useless);
  }
}

BOOST_AUTO_TEST_CASE(a_wildcard_record_for_something_else_is_an_absence) {
  const Step step = after(texts({"v=spf1 -all", "v=UAAC2; a=sha256; d=" + digest}));
  BOOST_TEST(asked(step).empty());
  BOOST_TEST((step.verdict == Verdict{Outcome::absent, "no record with v=UAAC1"}));
}

BOOST_AUTO_TEST_CASE(D10_no_record_is_absent_and_a_failed_lookup_unknown) {
  BOOST_TEST((after(no_such_name()).verdict.outcome == Outcome::absent));
  BOOST_TEST((after(no_records()).verdict.outcome == Outcome::absent));
  BOOST_TEST((after(failed(FailureKind::dns_timeout)).verdict.outcome == Outcome::unknown));
}

BOOST_AUTO_TEST_CASE(a_redirect_and_a_document_that_cannot_be_read_are_no_settings) {
  BOOST_TEST((after(texts({record}), status(302)).verdict == Verdict{Outcome::unknown, "HTTP 302"}));
  HttpAnswer broken = published(digest);
  broken.body = "{";
  BOOST_TEST((after(texts({record}), broken).verdict.outcome == Outcome::unknown));
}

BOOST_AUTO_TEST_SUITE_END()
