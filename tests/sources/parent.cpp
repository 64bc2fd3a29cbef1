// The file of the domain that a sub-domain belongs to.
#include <boost/test/unit_test.hpp>

#include "sources/questions.h"
#include "sources/sources.h"

using namespace mailconf;
using namespace mailconf::test;
using boost::test_tools::per_element;

namespace {

using Texts = std::vector<std::string>;

constexpr const char* own_file = "https://autoconfig.cs.uni.co.uk/mail/config-v1.1.xml";
constexpr const char* own_site = "https://cs.uni.co.uk/.well-known/autoconfig/mail/config-v1.1.xml";
constexpr const char* parents_file = "https://autoconfig.uni.co.uk/mail/config-v1.1.xml";
constexpr const char* parents_site = "https://uni.co.uk/.well-known/autoconfig/mail/config-v1.1.xml";

// What is asked once the sub-domain's own places have answered so.
Texts after(const Answer& file, const Answer& site) {
  const Subject subject = about_address("alice@cs.uni.co.uk");
  const auto source = make_parent_source(subject);
  const Step first = source->begin();
  Texts all = asked(source->on_answer(first.ask.at(0), file));
  const auto more = asked(source->on_answer(first.ask.at(1), site));
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(parent)

BOOST_AUTO_TEST_CASE(D26_the_parent_is_asked_once_the_sub_domain_definitely_publishes_nothing) {
  const Subject subject = about_address("alice@cs.uni.co.uk");
  const Texts own{own_file, own_site};
  BOOST_TEST(asked(make_parent_source(subject)->begin()) == own, per_element());
  BOOST_TEST(after(failed(FailureKind::no_such_name), status(404)) == Texts{parents_file}, per_element());
  BOOST_TEST(after(page("<!doctype html>", "text/html"), status(410)) == Texts{parents_file}, per_element());
}

BOOST_AUTO_TEST_CASE(D26_an_error_is_no_absence) {
  BOOST_TEST(after(failed(FailureKind::timed_out), status(404)).empty());
  BOOST_TEST(after(failed(FailureKind::no_such_name), failed(FailureKind::certificate_bad)).empty());
  BOOST_TEST(after(status(503), status(404)).empty());
  BOOST_TEST(after(page(document({"cs.uni.co.uk"})), status(404)).empty());
}

BOOST_AUTO_TEST_CASE(D26_the_parents_web_site_comes_after_its_autoconfig_host) {
  const Subject subject = about_address("alice@cs.uni.co.uk");
  const auto source = make_parent_source(subject);
  const Step first = source->begin();
  source->on_answer(first.ask.at(0), status(404));
  const Step second = source->on_answer(first.ask.at(1), status(404));
  BOOST_TEST(source->on_answer(second.ask.at(0), page(document({"uni.co.uk"}))).found.has_value());
  const Step third = source->on_answer(second.ask.at(0), status(404));
  BOOST_TEST(asked(third) == Texts{parents_site}, per_element());
  const Step last = source->on_answer(third.ask.at(0), page(document({"uni.co.uk"})));
  BOOST_TEST(last.found.has_value());
  BOOST_TEST(codes(last).empty());
  BOOST_TEST(asked(source->on_answer(third.ask.at(0), status(404))).empty());
}

BOOST_AUTO_TEST_CASE(D26_there_is_nothing_above_the_registrable_domain) {
  for (const char* domain : {"example.org", "uni.co.uk", "co.uk"}) {
    const Subject subject = about(domain);
    const Step step = make_parent_source(subject)->begin();
    BOOST_TEST(asked(step).empty(), domain);
    BOOST_TEST((step.verdict.outcome == Outcome::skipped), domain);
  }
}

BOOST_AUTO_TEST_CASE(H14_the_parent_is_not_told_the_address) {
  const Subject subject = about_address("alice@cs.uni.co.uk");
  const auto source = make_parent_source(subject);
  const Step first = source->begin();
  source->on_answer(first.ask.at(0), status(404));
  Step step = source->on_answer(first.ask.at(1), status(404));
  for (int hop = 0; hop < 2; ++hop) {
    BOOST_REQUIRE(step.ask.size() == 1U);
    BOOST_TEST(asked(step).at(0).find("alice") == std::string::npos);
    step = source->on_answer(step.ask.at(0), status(400));
  }
}

BOOST_AUTO_TEST_SUITE_END()
