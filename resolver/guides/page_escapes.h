// How a value stands in a page. Nothing that gets this far has a control character.
#pragma once

#include <string>
#include <string_view>

#include "mailconf/guide.h"

namespace mailconf::guides {

std::string in_markdown(std::string_view value);  // CommonMark, and the additions of GitHub
std::string code_in_markdown(std::string_view value);

std::string escaped_for(TextFormat format, std::string_view value);

// Lines of at most 78 characters, whose continuations stand below the text of a list's item; no two empty lines in a
// row.
std::string wrapped(std::string_view text);
// The same without breaking lines.
std::string without_gaps(std::string_view text);

}  // namespace mailconf::guides
