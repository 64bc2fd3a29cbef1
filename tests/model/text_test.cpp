#include "model/text.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace mailconf;
namespace data = boost::unit_test::data;

BOOST_AUTO_TEST_CASE(letter_case_is_that_of_ascii) {
  BOOST_TEST(to_lower("ÄBC.Z") == "Äbc.z");
  BOOST_TEST(to_upper("äbc.z") == "äBC.Z");
  BOOST_TEST(equal_ignoring_case("StartTLS", "STARTTLS"));
  BOOST_TEST(!equal_ignoring_case("SSL", "SSL "));
}

BOOST_AUTO_TEST_CASE(splitting_keeps_empty_parts) {
  const auto parts = split("a,,b,", ',');
  const std::vector<std::string_view> expected{"a", "", "b", ""};
  BOOST_TEST(parts == expected, boost::test_tools::per_element());
  BOOST_TEST(split("", ',').size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_is_printable_cannot_move_the_cursor) {
  BOOST_TEST(printable("a\x1b[2J\r\nb\x7f") == "a?[2J??b?");
  BOOST_TEST(printable("a\u0085b\u009bc") == "a?b?c");
  BOOST_TEST(printable("a\u202eb\u2066c\u2028d\u200fe") == "a?b?c?d?e");
  BOOST_TEST(printable("Zoë 猫 🐱 \u2013") == "Zoë 猫 🐱 \u2013");
}

BOOST_AUTO_TEST_CASE(what_is_printable_is_valid_utf8) {
  BOOST_TEST(printable("a\xff\xc3x") == "a??x");
  BOOST_TEST(printable("\xed\xa0\x80") == "???");       // a surrogate
  BOOST_TEST(printable("\xc0\xaf") == "??");            // an overlong slash
  BOOST_TEST(printable("\xf4\x90\x80\x80") == "????");  // beyond Unicode
}

BOOST_AUTO_TEST_CASE(html_has_no_sign_of_its_own_left) {
  BOOST_TEST(in_html("a<b> & \"c\" 'd' é") == "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39; é");
}

BOOST_AUTO_TEST_CASE(every_occurrence_is_replaced_and_what_takes_its_place_is_not_looked_at_again) {
  BOOST_TEST(replaced("a-b-c", "-", "--") == "a--b--c");
  BOOST_TEST(replaced("abc", "x", "y") == "abc");
  BOOST_TEST(replaced("", "x", "y").empty());
}

BOOST_AUTO_TEST_CASE(what_is_printable_is_cut_between_characters) {
  BOOST_TEST(printable("ééé", 5) == "éé");
  BOOST_TEST(printable("abc", 0).empty());
}

BOOST_AUTO_TEST_CASE(broken_octets_become_the_replacement_character) {
  BOOST_TEST(valid_utf8("a\xff\u00e9") == "a\ufffd\u00e9");
  BOOST_TEST(valid_utf8("\xe2\x82") == "\ufffd\ufffd");
  BOOST_TEST(count_characters("aé猫") == 3U);
}

BOOST_DATA_TEST_CASE(S10_these_are_no_ports,
                     data::make({"1.5", "asdf", "NaN", "0", "65536", "-1", "+1", "99 3", " 993", "0x10", "",
                                 "99999999999999999999"}),
                     text) {
  BOOST_TEST(!parse_port(text).has_value());
}

BOOST_AUTO_TEST_CASE(S10_ports_are_strict_integers) {
  BOOST_TEST(parse_port("1").value() == 1);
  BOOST_TEST(parse_port("00993").value() == 993);
  BOOST_TEST(parse_port("65535").value() == 65535);
}
