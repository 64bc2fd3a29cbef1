// The file that a TXT record of the domain points to.
#include <boost/test/unit_test.hpp>

#include "sources/questions.h"
#include "sources/sources.h"

using namespace mailconf;
using namespace mailconf::test;
using boost::test_tools::per_element;

namespace {

using Texts = std::vector<std::string>;

Step after(const DnsAnswer& records) {
  const Subject subject = about_address("alice@example.org");
  const auto source = make_txt_source(subject);
  return source->on_answer(source->begin().ask.at(0), records);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(txt_source)

BOOST_AUTO_TEST_CASE(D25_the_records_of_the_domain_are_asked_for) {
  const Subject subject = about_address("alice@example.org");
  BOOST_TEST(asked(make_txt_source(subject)->begin()) == Texts{"TXT example.org"}, per_element());
}

BOOST_AUTO_TEST_CASE(D25_the_document_at_the_https_address_is_read) {
  const Subject subject = about_address("alice@example.org");
  const auto source = make_txt_source(subject);
  const Step second = source->on_answer(source->begin().ask.at(0),
                                        texts({"v=spf1 -all", "MailConf= https://conf.example.org/mail.xml "}));
  BOOST_TEST((second.verdict == Verdict{Outcome::found, ""}));
  BOOST_TEST(asked(second) == Texts{"https://conf.example.org/mail.xml"}, per_element());
  const Step third = source->on_answer(second.ask.at(0), page(document({"example.org"})));
  BOOST_REQUIRE(third.found);
  BOOST_TEST(servers(third.found->incoming) == Texts{"imap imap.example.org:993 SSL"}, per_element());
}

BOOST_AUTO_TEST_CASE(D25_an_unencrypted_address_is_not_followed) {
  const Step step = after(texts({"mailconf=http://conf.example.org/mail.xml"}));
  BOOST_TEST(asked(step).empty());
  BOOST_TEST((step.verdict == Verdict{Outcome::unknown, "the record names no https address"}));
  BOOST_TEST(codes(step) == Texts{"bad-mailconf-record"}, per_element());
}

BOOST_AUTO_TEST_CASE(what_is_no_address_is_not_followed) {
  for (const char* value : {"", "conf.example.org", "https://", "javascript:alert(1)", "https://u:p@example.org/"}) {
    BOOST_TEST(asked(after(texts({std::string("mailconf=") + value}))).empty(), value);
  }
}

BOOST_AUTO_TEST_CASE(of_several_records_the_same_one_is_taken_in_any_order) {
  const Texts expected{"https://a.example.org/"};
  const std::string a = "mailconf=https://a.example.org/";
  const std::string b = "mailconf=https://b.example.org/";
  const std::string in_clear = "mailconf=http://0.example.org/";
  BOOST_TEST(asked(after(texts({a, b, in_clear}))) == expected, per_element());
  BOOST_TEST(asked(after(texts({in_clear, b, a}))) == expected, per_element());
}

BOOST_AUTO_TEST_CASE(records_for_other_purposes_are_no_settings) {
  BOOST_TEST((after(texts({"v=spf1 -all", "xmailconf=https://example.org/"})).verdict ==
              Verdict{Outcome::absent, "no record begins with \"mailconf=\""}));
}

BOOST_AUTO_TEST_CASE(D10_a_failed_lookup_is_unknown_and_a_missing_record_is_absent) {
  const Subject subject = about("example.org");
  const auto source = make_txt_source(subject);
  const auto question = source->begin().ask.at(0);
  BOOST_TEST((source->on_answer(question, failed(FailureKind::dns_failure)).verdict.outcome == Outcome::unknown));
  BOOST_TEST((source->on_answer(question, no_such_name()).verdict.outcome == Outcome::absent));
  BOOST_TEST((source->on_answer(question, no_records()).verdict.outcome == Outcome::absent));
}

BOOST_AUTO_TEST_SUITE_END()
