// Small text helpers that the standard library lacks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mailconf {

std::string to_lower(std::string_view text);  // ASCII only
std::string to_upper(std::string_view text);  // ASCII only
bool equal_ignoring_case(std::string_view a, std::string_view b);
std::string_view trim(std::string_view text);  // ASCII white space at both ends
std::vector<std::string_view> split(std::string_view text, char separator);
// Fit to be shown on one line of a terminal: control characters and broken UTF-8 replaced by "?", cut at `limit`
// octets.
std::string printable(std::string_view text, std::size_t limit = 200);

}  // namespace mailconf
