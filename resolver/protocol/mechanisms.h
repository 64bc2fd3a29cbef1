// Capabilities as words, and the login mechanisms in them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mailconf {

// The parts of a line between spaces, none of them empty.
std::vector<std::string> words(std::string_view line);
// The first word of any capability is `name`, in any letter case.
bool has_capability(const std::vector<std::string>& capabilities, std::string_view name);
// "AUTH PLAIN LOGIN", "AUTH=PLAIN LOGIN", "AUTH=PLAIN": the names behind `keyword`, upper case, each once, from all
// capabilities together.
std::vector<std::string> mechanisms_after(const std::vector<std::string>& capabilities, std::string_view keyword);
// Unless it is there.
void add_mechanism(std::vector<std::string>& mechanisms, std::string name);

}  // namespace mailconf
