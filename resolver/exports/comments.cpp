#include "exports/comments.h"

#include <algorithm>

#include "model/text.h"

namespace mailconf::exports {
namespace {

constexpr std::size_t longest = 1000;

// A backslash at its end would make the next line a part of it, in the files of mutt and of shells.
std::string hash_line(std::string_view note) {
  std::string line = printable(note, longest);
  while (line.ends_with('\\')) line.pop_back();
  return "# " + line + "\n";
}

// XML 1.0 §2.5: no two hyphens next to each other, and none at the end.
std::string xml_line(std::string_view note) {
  std::string line;
  for (const char octet : printable(note, longest)) {
    if (octet == '-' && line.ends_with('-')) line += ' ';
    line += octet;
  }
  return "<!-- " + line + " -->\n";
}

// Behind the line that must be the first one.
std::size_t head_of(std::string_view text, Comments style) {
  const std::string_view first = style == Comments::xml ? "<?xml" : "#!";
  return text.starts_with(first) ? std::min(text.find('\n'), text.size() - 1) + 1 : 0;
}

}  // namespace

std::string with_comments(std::string text, Comments style, const std::vector<std::string>& notes) {
  std::string comments;
  for (const auto& note : notes) comments += style == Comments::xml ? xml_line(note) : hash_line(note);
  return text.insert(head_of(text, style), comments);
}

}  // namespace mailconf::exports
