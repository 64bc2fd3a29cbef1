// The domain's own file over plain HTTP, where the user allows that.
#include <boost/test/unit_test.hpp>

#include "sources/questions.h"
#include "sources/sources.h"

using namespace mailconf;
using namespace mailconf::test;
using boost::test_tools::per_element;

namespace {

using Texts = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(autoconfig_http)

BOOST_AUTO_TEST_CASE(Z4_nothing_is_asked_in_clear_unless_that_is_allowed) {
  const Subject subject = about_address("alice@example.org");
  const Step step = make_autoconfig_http_source(subject)->begin();
  BOOST_TEST(asked(step).empty());
  BOOST_TEST((step.verdict == Verdict{Outcome::skipped, "plain HTTP is not allowed"}));
}

BOOST_AUTO_TEST_CASE(the_two_places_are_asked_one_after_the_other_and_never_with_the_address) {
  Subject subject = about_address("alice@example.org");
  subject.allow_http = true;
  const auto source = make_autoconfig_http_source(subject);
  const Step first = source->begin();
  BOOST_TEST(asked(first) == Texts{"http://autoconfig.example.org/mail/config-v1.1.xml"}, per_element());
  const Step second = source->on_answer(first.ask.at(0), status(404));
  BOOST_TEST(asked(second) == Texts{"http://example.org/.well-known/autoconfig/mail/config-v1.1.xml"}, per_element());
  BOOST_TEST(asked(source->on_answer(second.ask.at(0), status(400))).empty());
}

BOOST_AUTO_TEST_CASE(the_first_document_ends_the_search) {
  Subject subject = about("example.org");
  subject.allow_http = true;
  const auto source = make_autoconfig_http_source(subject);
  const Step step = source->on_answer(source->begin().ask.at(0), page(document({"example.org"})));
  BOOST_TEST(step.found.has_value());
  BOOST_TEST(asked(step).empty());
}

BOOST_AUTO_TEST_SUITE_END()
