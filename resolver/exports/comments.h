// Notes for people as comments at the head of a text.
#pragma once

#include <string>
#include <vector>

#include "exports/targets.h"

namespace mailconf::exports {

// A note stays a comment whatever is in it. The style is not `none`.
std::string with_comments(std::string text, Comments style, const std::vector<std::string>& notes);

}  // namespace mailconf::exports
