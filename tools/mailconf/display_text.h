// Text as a terminal shows it: what is safe to print, and how many cells it takes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mailconf::cli {

// Safe to print: control characters, marks that turn the writing direction and broken UTF-8 become "?", so that
// nothing from the network can move the cursor or pose as another line.
std::string displayable(std::string_view text);
// The same with "?" for every character beyond ASCII.
std::string displayable_ascii(std::string_view text);

// Terminal cells of a displayable text: East Asian wide characters take two, combining marks none.
std::size_t cells(std::string_view text);
// The text, or its beginning with `ending` when it is wider than `width` cells.
std::string shortened(std::string_view text, std::size_t width, std::string_view ending);
// Lines of at most `width` cells, broken at spaces. A longer word keeps its line: it may be wanted for copying.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

}  // namespace mailconf::cli
