#include "display_text.h"

#include <boost/test/unit_test.hpp>

using namespace mailconf::cli;

BOOST_AUTO_TEST_SUITE(display_text)

BOOST_AUTO_TEST_CASE(ordinary_text_of_any_script_is_kept) {
  BOOST_TEST(displayable("Grüße, 世界 – ok ✔ 𐍈") == "Grüße, 世界 – ok ✔ 𐍈");
}

BOOST_AUTO_TEST_CASE(control_characters_become_question_marks) {
  BOOST_TEST(displayable("a\x1b[31mb\r\n\t\x7f") == "a?[31mb????");
  BOOST_TEST(displayable(std::string_view("a\0b", 3)) == "a?b");
  BOOST_TEST(displayable("\xc2\x9b"
                         "31m") == "?31m");
}

BOOST_AUTO_TEST_CASE(marks_that_turn_the_writing_direction_or_cannot_be_seen_become_question_marks) {
  BOOST_TEST(displayable("a\u202eb\u2066c\u200bd\ufeff") == "a?b?c?d?");
}

BOOST_AUTO_TEST_CASE(broken_utf8_becomes_one_question_mark_an_octet) {
  BOOST_TEST(displayable("\xff\xc0\xaf") == "???");
  BOOST_TEST(displayable("\xe4\xb8") == "??");
  BOOST_TEST(displayable("\xed\xa0\x80") == "???");       // a surrogate
  BOOST_TEST(displayable("\xe0\x80\xaf") == "???");       // over-long
  BOOST_TEST(displayable("\xf4\x90\x80\x80") == "????");  // beyond U+10FFFF
}

BOOST_AUTO_TEST_CASE(without_unicode_only_ascii_is_left) { BOOST_TEST(displayable_ascii("für 世界\x1b") == "f?r ???"); }

BOOST_AUTO_TEST_CASE(wide_characters_take_two_cells_and_combining_marks_none) {
  BOOST_TEST(cells("abc") == 3u);
  BOOST_TEST(cells("世界") == 4u);
  BOOST_TEST(cells("한") == 2u);
  BOOST_TEST(cells("e\u0301") == 1u);
  BOOST_TEST(cells("✔ é") == 3u);
}

BOOST_AUTO_TEST_CASE(a_text_is_shortened_only_when_it_is_too_wide) {
  BOOST_TEST(shortened("abcdef", 6, "…") == "abcdef");
  BOOST_TEST(shortened("abcdefg", 6, "…") == "abcde…");
  BOOST_TEST(shortened("世界世界", 5, "…") == "世界…");
  BOOST_TEST(shortened("世界世界", 4, "…") == "世…");
}

BOOST_AUTO_TEST_CASE(lines_are_broken_at_spaces_and_long_words_stay_whole) {
  BOOST_TEST(wrapped("one two three", 7) == (std::vector<std::string>{"one two", "three"}),
             boost::test_tools::per_element());
  BOOST_TEST(wrapped("a https://long.example/ b", 5) == (std::vector<std::string>{"a", "https://long.example/", "b"}),
             boost::test_tools::per_element());
  BOOST_TEST(wrapped("", 5) == std::vector<std::string>{""}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
