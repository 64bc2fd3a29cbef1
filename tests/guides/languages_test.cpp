#include <boost/test/unit_test.hpp>

#include "subjects.h"

using namespace mailconf;

BOOST_AUTO_TEST_SUITE(languages)

BOOST_AUTO_TEST_CASE(english_is_first_and_what_is_left) {
  BOOST_TEST(guide_languages().front() == "en");
  for (const char* field : {"", "tlh", "tlh;q=1, *", "en;q=0.1", ";;;", ",,,", "x;q=abc", "en-GB"})
    BOOST_TEST(guide_language("", field) == "en", field);
}

BOOST_AUTO_TEST_CASE(the_language_that_is_named_wins) {
  for (const auto& language : guide_languages()) {
    BOOST_TEST(guide_language(language, "en") == language);
    BOOST_TEST(guide_language(language + "-XX", "en") == language);
  }
  BOOST_TEST(guide_language("tlh", "en") == "en");
}

BOOST_AUTO_TEST_CASE(of_several_languages_the_best_counts) {
  for (const auto& language : guide_languages()) {
    BOOST_TEST(guide_language("", "tlh, " + language + ";q=0.8, en;q=0.7") == language);
    BOOST_TEST(guide_language("", "en;q=0.001," + language + ";q=0.01") == language);
    BOOST_TEST(guide_language("", language + ";q=0, en;q=0.5") == "en");
  }
}

BOOST_AUTO_TEST_SUITE_END()
