// Small text helpers that the standard library lacks.
#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailconf {

std::string to_lower(std::string_view text);  // ASCII only
std::string to_upper(std::string_view text);  // ASCII only
bool equal_ignoring_case(std::string_view a, std::string_view b);
std::string_view trim(std::string_view text);  // ASCII white space at both ends
std::vector<std::string_view> split(std::string_view text, char separator);
// A word ends at a space: "OK [CAPABILITY …] text" begins with OK, in any letter case, and not with O.
bool begins_with_word(std::string_view text, std::string_view word);
std::string_view after_first_word(std::string_view text);  // trimmed
// Fit to be shown on one line of a terminal: control characters, those that turn the writing direction, and broken
// UTF-8 replaced by "?", cut at `limit` octets.
std::string printable(std::string_view text, std::size_t limit = 200);

// As it stands in the text and in the quoted attributes of HTML.
std::string in_html(std::string_view text);
std::string replaced(std::string_view text, std::string_view from, std::string_view to);

// Octets of the UTF-8 character (RFC 3629 §4) at the start of `text`; 0 when there is none or it is broken.
std::size_t utf8_character(std::string_view text);
// Every broken octet replaced by U+FFFD.
std::string valid_utf8(std::string_view text);
// Characters of valid UTF-8.
std::size_t count_characters(std::string_view utf8);

// Decimal digits and nothing else, within the range of the type.
template <class Integer>
std::optional<Integer> parse_integer(std::string_view text) {
  if (text.empty() || text.find_first_not_of("0123456789") != text.npos) return std::nullopt;
  Integer value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{}) return std::nullopt;
  return value;
}
// 1 to 65535.
std::optional<std::uint16_t> parse_port(std::string_view text);

}  // namespace mailconf
