#include "guides/page_escapes.h"

#include <algorithm>

#include "model/text.h"

namespace mailconf::guides {
namespace {

constexpr std::size_t kWidth = 78;

std::size_t longest_run(std::string_view text, char wanted) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == wanted ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

// Where the text of a line begins: behind blanks and the sign of a list's item.
std::size_t hanging_indent(std::string_view line) {
  const std::size_t begin = std::min(line.find_first_not_of(' '), line.size());
  const std::size_t digits = std::min(line.find_first_not_of("0123456789", begin), line.size());
  if (line.substr(digits).starts_with(". ") && digits > begin) return digits + 2;
  return line.substr(begin).starts_with("- ") ? begin + 2 : begin;
}

std::string wrapped_line(std::string_view line) {
  const std::size_t indent = hanging_indent(line);
  std::string result(line.substr(0, indent));
  std::size_t column = indent;
  bool first = true;
  for (const std::string_view word : split(line.substr(indent), ' ')) {
    const std::size_t length = count_characters(word);
    if (!first && column + 1 + length > kWidth) {
      result += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (!first) {
      result += ' ';
      ++column;
    }
    result += word;
    column += length;
    first = false;
  }
  return result;
}

}  // namespace

std::string in_markdown(std::string_view value) {
  constexpr std::string_view kSpecial = "\\`*_[]<>#!|&{}~^$";
  std::string result;
  // Signs that only mean something where a line begins.
  const std::size_t digits = std::min(value.find_first_not_of("0123456789"), value.size());
  const std::size_t mark =
      digits < value.size() &&
              (digits == 0 ? std::string_view("-+=") : std::string_view(".)")).find(value.at(digits)) !=
                  std::string_view::npos
          ? digits
          : value.size();
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (i == mark || kSpecial.find(value[i]) != std::string_view::npos) result += '\\';
    result += value[i];
  }
  return result;
}

std::string code_in_markdown(std::string_view value) {
  const std::string fence(longest_run(value, '`') + 1, '`');
  // CommonMark §6.1: one blank at both ends is taken away again.
  const bool touches = value.starts_with('`') || value.ends_with('`');
  const std::string blank = touches ? " " : "";
  return fence + blank + std::string(value) + blank + fence;
}

std::string escaped_for(TextFormat format, std::string_view value) {
  switch (format) {
    case TextFormat::html:
      return in_html(value);
    case TextFormat::markdown:
      return in_markdown(value);
    case TextFormat::text:
      break;
  }
  return std::string(value);
}

std::string without_gaps(std::string_view text) {
  std::string result;
  bool gap = true;
  for (std::string_view line : split(text, '\n')) {
    const auto end = line.find_last_not_of(' ');
    line = line.substr(0, end == line.npos ? 0 : end + 1);
    if (line.empty() && gap) continue;
    gap = line.empty();
    result += line;
    result += '\n';
  }
  while (result.ends_with("\n\n")) result.pop_back();
  return result;
}

std::string wrapped(std::string_view text) {
  std::string result;
  const std::string lines = without_gaps(text);
  const std::string_view without_last_end = std::string_view(lines).substr(0, lines.size() - 1);
  for (const std::string_view line : split(without_last_end, '\n')) result += wrapped_line(line) + "\n";
  return result;
}

}  // namespace mailconf::guides
