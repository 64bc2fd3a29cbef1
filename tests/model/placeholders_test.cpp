#include "model/placeholders.h"

#include <boost/test/unit_test.hpp>

using namespace mailconf;

namespace {

const PlaceholderValues fred{.local_part = "fred", .domain = "example.com"};
const PlaceholderValues nobody{.local_part = "", .domain = "example.com"};

}  // namespace

BOOST_AUTO_TEST_CASE(P1_P4_all_three_placeholders_are_known) {
  BOOST_TEST(replace_placeholders("%EMAILADDRESS%", fred) == "fred@example.com");
  BOOST_TEST(replace_placeholders("%EMAILLOCALPART%", fred) == "fred");
  BOOST_TEST(replace_placeholders("%EMAILDOMAIN%", fred) == "example.com");
}

BOOST_AUTO_TEST_CASE(P1_placeholders_are_replaced_within_longer_texts) {
  BOOST_TEST(replace_placeholders("%EMAILLOCALPART%.%EMAILDOMAIN%", fred) == "fred.example.com");
  BOOST_TEST(replace_placeholders("100%EMAILDOMAIN%%", fred) == "100example.com%");
  BOOST_TEST(replace_placeholders("100%off%EMAILDOMAIN%", fred) == "100%offexample.com");
}

BOOST_AUTO_TEST_CASE(P6_letter_case_does_not_matter) {
  BOOST_TEST(replace_placeholders("%EmailAddress%/%emaildomain%", fred) == "fred@example.com/example.com");
}

BOOST_AUTO_TEST_CASE(values_are_not_looked_at_again) {
  const PlaceholderValues odd{.local_part = "%EMAILDOMAIN%", .domain = "example.com"};
  BOOST_TEST(replace_placeholders("%EMAILLOCALPART%", odd) == "%EMAILDOMAIN%");
}

BOOST_AUTO_TEST_CASE(P5_unknown_placeholders_are_left_and_found) {
  BOOST_TEST(replace_placeholders("%FOO%-%EMAILDOMAIN%", fred) == "%FOO%-example.com");
  BOOST_TEST(has_unknown_placeholder("%EMAILDOMAIN%%REALNAME%"));
  BOOST_TEST(!has_unknown_placeholder("%EMAILDOMAIN%-%EMAILLOCALPART%"));
}

BOOST_AUTO_TEST_CASE(a_percent_sign_alone_is_no_placeholder) {
  BOOST_TEST(!has_placeholder("100%"));
  BOOST_TEST(!has_placeholder("%%"));
  BOOST_TEST(!has_placeholder("50% of 100%"));
  BOOST_TEST(has_placeholder("x%EMAILDOMAIN%"));
}

BOOST_AUTO_TEST_CASE(without_a_local_part_only_the_domain_is_replaced) {
  BOOST_TEST(replace_placeholders("%EMAILADDRESS% %EMAILLOCALPART% %EMAILDOMAIN%", nobody) ==
             "%EMAILADDRESS% %EMAILLOCALPART% example.com");
}

BOOST_AUTO_TEST_CASE(a_placeholder_without_its_end_is_completed) {
  BOOST_TEST(close_placeholder("%EMAILADDRESS").value() == "%EMAILADDRESS%");
  BOOST_TEST(close_placeholder("CORP\\%EmailLocalpart").value() == "CORP\\%EmailLocalpart%");
  BOOST_TEST(!close_placeholder("%EMAILADDRESS%").has_value());
  BOOST_TEST(!close_placeholder("%EMAIL").has_value());
  BOOST_TEST(!close_placeholder("EMAILADDRESS").has_value());
}
