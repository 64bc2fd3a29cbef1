#include "model/text.h"

#include <algorithm>
#include <cstdint>

namespace mailconf {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

// The sequences of RFC 3629 §4: by first octet their length and the range of the second octet.
struct Utf8Form {
  std::uint8_t first_low, first_high;
  std::size_t length;
  std::uint8_t second_low, second_high;
};
constexpr Utf8Form utf8_forms[] = {
    {0x00, 0x7f, 1, 0, 0},       {0xc2, 0xdf, 2, 0x80, 0xbf}, {0xe0, 0xe0, 3, 0xa0, 0xbf},
    {0xe1, 0xec, 3, 0x80, 0xbf}, {0xed, 0xed, 3, 0x80, 0x9f}, {0xee, 0xef, 3, 0x80, 0xbf},
    {0xf0, 0xf0, 4, 0x90, 0xbf}, {0xf1, 0xf3, 4, 0x80, 0xbf}, {0xf4, 0xf4, 4, 0x80, 0x8f},
};

std::string_view entity(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

std::uint8_t octet(std::string_view text, std::size_t i) { return static_cast<std::uint8_t>(text[i]); }

// Controls of C0 and C1, and what reorders the text around it (Unicode Bidirectional Algorithm §2).
bool is_control(std::string_view character) {
  if (character.size() == 1) return octet(character, 0) < 0x20 || octet(character, 0) == 0x7f;
  if (character.size() == 2) return octet(character, 0) == 0xc2 && octet(character, 1) < 0xa0;
  const std::string_view prefix = character.substr(0, 2);
  if (prefix != "\xe2\x80" && prefix != "\xe2\x81") return false;
  const auto last = octet(character, 2);
  if (prefix == "\xe2\x80") return (last >= 0x8e && last <= 0x8f) || (last >= 0xa8 && last <= 0xae);
  return last >= 0xa6 && last <= 0xa9;
}

}  // namespace

std::string to_lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), lower);
  return result;
}

std::string to_upper(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), upper);
  return result;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view white = " \t\r\n\f\v";
  const auto first = text.find_first_not_of(white);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(white) - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (auto at = text.find(separator); at != text.npos; at = text.find(separator)) {
    parts.push_back(text.substr(0, at));
    text.remove_prefix(at + 1);
  }
  parts.push_back(text);
  return parts;
}

bool begins_with_word(std::string_view text, std::string_view word) {
  return equal_ignoring_case(text.substr(0, text.find(' ')), word);
}

std::string_view after_first_word(std::string_view text) {
  const std::size_t space = text.find(' ');
  return space == std::string_view::npos ? std::string_view{} : trim(text.substr(space));
}

std::string printable(std::string_view text, std::size_t limit) {
  std::string result;
  while (!text.empty()) {
    const auto length = utf8_character(text);
    const auto character = text.substr(0, std::max<std::size_t>(length, 1));
    const std::string_view shown = length == 0 || is_control(character) ? "?" : character;
    if (result.size() + shown.size() > limit) break;
    result += shown;
    text.remove_prefix(character.size());
  }
  return result;
}

std::string in_html(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const std::string_view name = entity(c);
    name.empty() ? result += c : result += name;
  }
  return result;
}

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string result(text);
  for (auto at = result.find(from); at != result.npos; at = result.find(from, at + to.size()))
    result.replace(at, from.size(), to);
  return result;
}

std::size_t utf8_character(std::string_view text) {
  if (text.empty()) return 0;
  const auto first = octet(text, 0);
  for (const auto& form : utf8_forms) {
    if (first < form.first_low || first > form.first_high) continue;
    if (text.size() < form.length) return 0;
    if (form.length > 1 && (octet(text, 1) < form.second_low || octet(text, 1) > form.second_high)) return 0;
    for (std::size_t i = 2; i < form.length; ++i) {
      if ((octet(text, i) & 0xc0) != 0x80) return 0;
    }
    return form.length;
  }
  return 0;
}

std::string valid_utf8(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const auto length = utf8_character(text);
    result += length == 0 ? std::string_view("\xef\xbf\xbd") : text.substr(0, length);
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return result;
}

std::size_t count_characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::ranges::count_if(utf8, [](char c) { return (static_cast<std::uint8_t>(c) & 0xc0) != 0x80; }));
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  const auto port = parse_integer<std::uint16_t>(text);
  return port == 0 ? std::nullopt : port;
}

}  // namespace mailconf
