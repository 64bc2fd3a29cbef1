#include "style.h"

#include <array>

#include "display_text.h"

namespace mailconf::cli {
namespace {

// ECMA-48 "select graphic rendition", in the order of Paint.
constexpr std::array<std::string_view, 6> kPaints{"", "\x1b[1m", "\x1b[2m", "\x1b[32m", "\x1b[31m", "\x1b[33m"};

struct MarkText {
  std::string_view unicode;
  std::string_view ascii;
};
// In the order of Mark.
constexpr std::array<MarkText, 6> kMarks{{{"✔", "+"}, {"✘", "x"}, {"?", "?"}, {"–", "-"}, {"•", "*"}, {"…", "..."}}};

}  // namespace

std::string Style::painted(Paint paint, std::string_view text) const {
  if (!color || paint == Paint::plain || text.empty()) return std::string(text);
  return std::string(kPaints[static_cast<std::size_t>(paint)]).append(text).append("\x1b[0m");
}

std::string Style::text(std::string_view text) const { return unicode ? displayable(text) : displayable_ascii(text); }

std::string_view Style::mark(Mark mark) const {
  const MarkText& both = kMarks[static_cast<std::size_t>(mark)];
  return unicode ? both.unicode : both.ascii;
}

}  // namespace mailconf::cli
