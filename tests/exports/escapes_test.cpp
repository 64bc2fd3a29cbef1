#include "exports/escapes.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace mailconf::exports;

namespace {

struct Row {
  const char* name;
  Escape escape;
  const char* value;
  const char* escaped;  // nullptr: refused
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.name << " of " << row.value; }

const Row kRows[]{
    {"in_double_quotes", in_double_quotes, R"(a"b\c$d)", R"(a\"b\\c$d)"},
    {"as_it_is", as_it_is, R"(a"b\c)", R"(a"b\c)"},
    {"without_patterns", without_patterns, "a@b.example", "a@b.example"},
    {"without_patterns", without_patterns, "a%U@b.example", nullptr},
    {"without_patterns", without_patterns, "a*@b.example", nullptr},
    {"to_the_end_of_the_line", to_the_end_of_the_line, "a # b", "a # b"},
    {"to_the_end_of_the_line", to_the_end_of_the_line, " a", nullptr},
    {"to_the_end_of_the_line", to_the_end_of_the_line, "a ", nullptr},
    {"path_without_variables", path_without_variables, "/a b", "/a b"},
    {"path_without_variables", path_without_variables, "/$HOME/a", nullptr},
    {"interpolated", interpolated, "a%b", "a%%b"},
    {"interpolated", interpolated, "a ", nullptr},
    {"interpolated_path", interpolated_path, "/a%b", "/a%%b"},
    {"interpolated_path", interpolated_path, "/$HOME", nullptr},
    {"python_string", python_string, R"(a'b\c"d)", R"('a\'b\\c"d')"},
    {"interpolated_python_string", interpolated_python_string, "a%'", R"('a%%\'')"},
    {"in_muttrc_quotes", in_muttrc_quotes, R"(a"b\c$d`e'f)", R"(a\"b\\c\$d\`e'f)"},
    {"in_muttrc_backticks", in_muttrc_backticks, R"(a "$b" '\n')", R"(a "$b" '\n')"},
    {"in_muttrc_backticks", in_muttrc_backticks, "a`b`", nullptr},
    {"in_muttrc_backticks", in_muttrc_backticks, R"(a\)", nullptr},
    {"in_fetchmail_quotes", in_fetchmail_quotes, R"(a"b\c)", R"(a\x22b\x5cc)"},
    {"in_shell_quotes", in_shell_quotes, "a'b$c", R"(a'\''b$c)"},
    {"in_aerc_backticks", in_aerc_backticks, "alice@example.org", "alice@example.org"},
    {"in_aerc_backticks", in_aerc_backticks, "pass show x", "`pass show x`"},
    {"in_aerc_backticks", in_aerc_backticks, "a`b", nullptr},
    {"in_aerc_backticks", in_aerc_backticks, "a %(b)s", nullptr},
    {"in_key_file", in_key_file, R"( a\b)", R"(\sa\\b)"},
    {"in_mailbox_name", in_mailbox_name, "alice+x@example.org", "alice+x@example.org"},
    {"in_mailbox_name", in_mailbox_name, "a/novalidate-cert", nullptr},
    {"in_mailbox_name", in_mailbox_name, "a}b", nullptr},
    {"in_mailbox_name", in_mailbox_name, "a,b", nullptr},
    {"plain_path", plain_path, "/etc/ssl/a.pem", "/etc/ssl/a.pem"},
    {"plain_path", plain_path, "/a b", nullptr},
    {"plain_path", plain_path, "/$HOME", nullptr},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(escapes)

BOOST_DATA_TEST_CASE(a_value_is_escaped_or_refused, boost::unit_test::data::make(kRows), row) {
  const Escaped escaped = row.escape(row.value);
  if (row.escaped == nullptr) {
    BOOST_TEST(!escaped.has_value());
  } else {
    BOOST_REQUIRE(escaped.has_value());
    BOOST_TEST(*escaped == row.escaped);
  }
}

BOOST_AUTO_TEST_CASE(a_user_name_in_a_url_keeps_only_what_means_nothing_there) {
  BOOST_TEST(percent_encoded("a-._~b@c:/?#%\xc3\xbc") == "a-._~b%40c%3A%2F%3F%23%25%C3%BC");
}

BOOST_AUTO_TEST_CASE(plain_text_has_no_control_characters_and_is_utf_8) {
  for (const char* text : {"", "a b", "\u00fc", "\"$`\\"}) BOOST_TEST(is_plain_text(text));
  for (const char* text : {"a\n", "\x1b[", "\xc2\x85", "\xc3", "\u202e"}) BOOST_TEST(!is_plain_text(text));
}

BOOST_AUTO_TEST_SUITE_END()
