#include "exports/escapes.h"

#include <fmt/core.h>
#include <limits>

#include "model/text.h"

namespace mailconf::exports {
namespace {

constexpr std::string_view kLettersAndDigits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

bool is_letter_or_digit(char c) { return kLettersAndDigits.find(c) != std::string_view::npos; }

// Each of `special` with `before` in front of it.
std::string with_each(std::string_view value, std::string_view special, std::string_view before) {
  std::string result;
  for (const char c : value) {
    if (special.find(c) != std::string_view::npos) result += before;
    result += c;
  }
  return result;
}

bool only(std::string_view value, std::string_view punctuation) {
  for (const char c : value) {
    if (!is_letter_or_digit(c) && punctuation.find(c) == std::string_view::npos) return false;
  }
  return true;
}

bool has_any(std::string_view value, std::string_view characters) {
  return value.find_first_of(characters) != std::string_view::npos;
}

bool has_space_around(std::string_view value) { return value.starts_with(' ') || value.ends_with(' '); }

}  // namespace

bool is_plain_text(std::string_view value) {
  return printable(value, std::numeric_limits<std::size_t>::max()) == value;
}

std::string percent_encoded(std::string_view value) {
  std::string result;
  for (const char c : value) {
    const bool unreserved = is_letter_or_digit(c) || std::string_view("-._~").find(c) != std::string_view::npos;
    result += unreserved ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return result;
}

Escaped in_double_quotes(std::string_view value) { return with_each(value, "\\\"", "\\"); }

Escaped as_it_is(std::string_view value) { return std::string(value); }

Escaped without_patterns(std::string_view value) {
  // A single "%" is harmless, but a later version may give it a meaning.
  return has_any(value, "%*?[") ? std::nullopt : as_it_is(value);
}

Escaped to_the_end_of_the_line(std::string_view value) {
  return has_space_around(value) ? std::nullopt : as_it_is(value);
}

Escaped path_without_variables(std::string_view value) {
  return has_any(value, "$") ? std::nullopt : to_the_end_of_the_line(value);
}

Escaped interpolated(std::string_view value) {
  return has_space_around(value) ? std::nullopt : Escaped(with_each(value, "%", "%"));
}

Escaped interpolated_path(std::string_view value) { return has_any(value, "$") ? std::nullopt : interpolated(value); }

Escaped python_string(std::string_view value) { return fmt::format("'{}'", with_each(value, "\\'", "\\")); }

Escaped interpolated_python_string(std::string_view value) { return interpolated(*python_string(value)); }

Escaped in_muttrc_quotes(std::string_view value) { return with_each(value, "\\\"$`", "\\"); }

Escaped in_muttrc_backticks(std::string_view value) {
  // A backslash keeps a backtick from ending the command, but stays in it: there is no way to write one.
  return has_any(value, "`") || value.ends_with('\\') ? std::nullopt : as_it_is(value);
}

Escaped in_fetchmail_quotes(std::string_view value) {
  std::string result;
  for (const char c : value) {
    const bool special = c == '"' || c == '\\';
    result += special ? fmt::format("\\x{:02x}", static_cast<unsigned char>(c)) : std::string(1, c);
  }
  return result;
}

Escaped in_shell_quotes(std::string_view value) {
  std::string result;
  for (const char c : value) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result;
}

Escaped in_aerc_backticks(std::string_view value) {
  if (only(value, "@._+-/:%")) return as_it_is(value);
  // "%(name)s" is replaced even there.
  if (has_any(value, "`") || value.find("%(") != std::string_view::npos) return std::nullopt;
  return fmt::format("`{}`", value);
}

Escaped in_key_file(std::string_view value) {
  std::string result = with_each(value, "\\", "\\");
  // The reader drops white space in front of a value.
  if (result.starts_with(' ')) result.replace(0, 1, "\\s");
  return result;
}

Escaped in_mailbox_name(std::string_view value) { return only(value, "@._+-=~&!") ? as_it_is(value) : std::nullopt; }

Escaped plain_path(std::string_view value) { return only(value, "/@._+-") ? as_it_is(value) : std::nullopt; }

}  // namespace mailconf::exports
