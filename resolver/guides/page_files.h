// The files of data/pages, compiled into the library.
#pragma once

#include <string_view>
#include <vector>

namespace mailconf::guides {

// By the path within data/pages: "guide.html.mustache", "lang/en.toml". Empty when there is none of that name.
std::string_view page_file(std::string_view name);
std::vector<std::string_view> page_file_names();

}  // namespace mailconf::guides
