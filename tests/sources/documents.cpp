// What every source of autoconfig documents makes of an answer.
#include <boost/test/unit_test.hpp>

#include "sources/questions.h"

using namespace mailconf;
using namespace mailconf::test;

namespace {

using Texts = std::vector<std::string>;

Step read(const Answer& answer, DomainCheck check = DomainCheck::lenient) {
  return read_autoconfig_answer(answer, name("example.org"), check);
}

bool has(const Step& step, const std::string& code) {
  const auto all = codes(step);
  return std::find(all.begin(), all.end(), code) != all.end();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(documents)

BOOST_AUTO_TEST_CASE(X1_a_plain_document_is_found_without_remark) {
  const Step step = read(page(document({"example.org"})));
  BOOST_TEST((step.verdict == Verdict{Outcome::found, ""}));
  BOOST_REQUIRE(step.found);
  BOOST_TEST(servers(step.found->incoming) == Texts{"imap imap.example.org:993 SSL"}, boost::test_tools::per_element());
  BOOST_TEST(servers(step.found->outgoing) == Texts{"smtp smtp.example.org:465 SSL"}, boost::test_tools::per_element());
  BOOST_TEST(codes(step).empty());
}

BOOST_AUTO_TEST_CASE(X23_a_document_without_domain_is_accepted_from_the_domain_itself_with_a_warning) {
  const Step step = read(page(document({})));
  BOOST_TEST(step.found.has_value());
  BOOST_TEST(has(step, "missing-domain"));
}

BOOST_AUTO_TEST_CASE(X23_a_document_without_domain_is_not_accepted_from_a_database) {
  const Step step = read(page(document({})), DomainCheck::must_list_a_domain);
  BOOST_TEST(!step.found);
  BOOST_TEST((step.verdict == Verdict{Outcome::unknown, "the document does not say which domains it is for"}));
}

BOOST_AUTO_TEST_CASE(X24_a_document_for_other_domains_is_accepted_with_a_warning) {
  const Step step = read(page(document({"example.net"})));
  BOOST_TEST(step.found.has_value());
  BOOST_TEST(codes(step) == Texts{"domain-not-listed"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_placeholder_as_domain_lists_every_domain) {
  const Step step = read(page(document({"%EMAILDOMAIN%"})), DomainCheck::must_list_a_domain);
  BOOST_TEST(step.found.has_value());
  BOOST_TEST(codes(step).empty());
}

BOOST_AUTO_TEST_CASE(X26_a_document_without_outgoing_server_gives_the_incoming_one_and_names_the_gap) {
  const Step step = read(page(document({"example.org"}, {"imap imap.example.org 993 SSL"})));
  BOOST_REQUIRE(step.found);
  BOOST_TEST(step.found->incoming.size() == 1U);
  BOOST_TEST(step.found->outgoing.empty());
  BOOST_TEST(codes(step) == Texts{"missing-outgoing"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(X25_a_document_without_incoming_server_is_no_finding) {
  const Step step = read(page(document({"example.org"}, {"smtp smtp.example.org 465 SSL"})));
  BOOST_TEST(!step.found);
  BOOST_TEST((step.verdict.outcome == Outcome::unknown));
}

BOOST_AUTO_TEST_CASE(X33_a_web_page_means_not_published_and_is_noted) {
  for (const char* body : {"<!DOCTYPE html><title>Welcome", "<html><body>Sign in</body></html>",
                           "\n <HTML lang=en><head></head></HTML>"}) {
    const Step step = read(page(body, "text/html; charset=utf-8"));
    BOOST_TEST((step.verdict == Verdict{Outcome::absent, "answered with an HTML page"}));
    BOOST_TEST(codes(step) == Texts{"html-instead-of-xml"}, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(X33_a_web_page_is_known_by_its_content_whatever_its_type) {
  BOOST_TEST((read(page("<!doctype HTML><p>", "application/xml")).verdict.outcome == Outcome::absent));
  BOOST_TEST((read(page("no tags at all", "Text/HTML")).verdict.outcome == Outcome::absent));
}

BOOST_AUTO_TEST_CASE(X34_a_document_labelled_as_a_web_page_is_read) {
  BOOST_TEST(read(page(document({"example.org"}), "text/html")).found.has_value());
}

BOOST_AUTO_TEST_CASE(X32_what_is_no_document_is_unknown_and_never_absent) {
  const std::string whole = document({"example.org"});
  for (const std::string& body : {std::string(), std::string("{\"a\": 1}"), std::string("plain text"),
                                  std::string("<feed/>"), whole.substr(0, whole.size() / 2)}) {
    const Step step = read(page(body, "application/octet-stream"));
    BOOST_TEST(!step.found);
    BOOST_TEST((step.verdict.outcome == Outcome::unknown));
    BOOST_TEST(!step.verdict.reason.empty());
  }
}

BOOST_AUTO_TEST_CASE(a_truncated_document_labelled_as_a_web_page_is_unknown) {
  const std::string whole = document({"example.org"});
  BOOST_TEST((read(page(whole.substr(0, whole.size() - 9), "text/html")).verdict.outcome == Outcome::unknown));
}

BOOST_AUTO_TEST_CASE(H24_a_document_with_unencrypted_servers_only_says_so) {
  const Step step =
      read(page(document({"example.org"}, {"pop3 pop.example.org 110 plain", "smtp smtp.example.org 25 plain"})),
           DomainCheck::must_list_a_domain);
  BOOST_TEST(has(step, "plaintext-only"));
}

BOOST_AUTO_TEST_CASE(H24_one_encrypted_server_of_a_direction_is_enough) {
  const Step step =
      read(page(document({"example.org"}, {"imap imap.example.org 993 SSL", "pop3 pop.example.org 110 plain",
                                           "smtp smtp.example.org 465 SSL"})));
  BOOST_TEST(!has(step, "plaintext-only"));
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_no_document_is_judged_as_it_stands) {
  BOOST_TEST((read(failed(FailureKind::tls_failed)).verdict == judge(failed(FailureKind::tls_failed))));
  BOOST_TEST((read(status(410)).verdict == judge(status(410))));
}

BOOST_AUTO_TEST_SUITE_END()
