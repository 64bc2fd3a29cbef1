#include "table.h"

#include <boost/test/unit_test.hpp>

using namespace mailconf::cli;

namespace {
const Style kPlain{false, true, 40};
}

BOOST_AUTO_TEST_SUITE(table)

BOOST_AUTO_TEST_CASE(columns_are_as_wide_as_their_widest_cell_but_for_the_last) {
  Table table(2);
  table.row({{"a"}, {"bb"}, {"ccc"}});
  table.row({{"long"}, {"b"}, {"c"}});
  table.row({{"x"}, {"runs over the other columns"}});
  BOOST_TEST(table.text(kPlain) ==
             "  a     bb  ccc\n"
             "  long  b   c\n"
             "  x     runs over the other columns\n");
}

BOOST_AUTO_TEST_CASE(columns_are_counted_in_cells_of_the_terminal) {
  Table table(0);
  table.row({{"世界"}, {"x"}});
  table.row({{"abcd"}, {"x"}});
  BOOST_TEST(table.text(kPlain) == "世界  x\nabcd  x\n");
}

BOOST_AUTO_TEST_CASE(numbers_stand_to_the_right) {
  Table table(0);
  table.row({{"5", Paint::plain, true}, {"x"}});
  table.row({{"993", Paint::plain, true}, {"x"}});
  BOOST_TEST(table.text(kPlain) == "  5  x\n993  x\n");
}

BOOST_AUTO_TEST_CASE(the_last_cell_is_wrapped_under_itself) {
  Table table(0);
  table.row({{"label"}, {"a text that is too long for one line"}});
  BOOST_TEST(table.text(kPlain) == "label  a text that is too long for one\n       line\n");
}

BOOST_AUTO_TEST_CASE(a_last_cell_without_room_gets_lines_of_its_own) {
  Table table(0);
  table.row({{"label"}, {"a-rather-long-host-name.example"}, {"a text that is long"}});
  BOOST_TEST(table.text(kPlain) == "label  a-rather-long-host-name.example\n         a text that is long\n");
}

BOOST_AUTO_TEST_CASE(notes_begin_in_their_column_and_blank_rows_are_empty_lines) {
  Table table(1);
  table.row({{"a"}, {"b"}, {"c"}});
  table.blank();
  table.note(2, {"note"});
  BOOST_TEST(table.text(kPlain) == " a  b  c\n\n       note\n");
}

BOOST_AUTO_TEST_CASE(colours_enclose_the_text_and_not_the_spaces) {
  Table table(1);
  table.row({{"a", Paint::good}, {"b", Paint::bad}});
  table.row({{"aa"}, {"b"}});
  BOOST_TEST(table.text({true, true, 40}) == " \x1b[32ma\x1b[0m   \x1b[31mb\x1b[0m\n aa  b\n");
}

BOOST_AUTO_TEST_CASE(control_characters_in_a_cell_are_replaced_before_widths_are_taken) {
  Table table(0);
  table.row({{"a\x1b\n"}, {"b"}});
  table.row({{"abc"}, {"b"}});
  BOOST_TEST(table.text(kPlain) == "a??  b\nabc  b\n");
}

BOOST_AUTO_TEST_SUITE_END()
