// The mustache templates of data/exports, compiled into the library.
#pragma once

#include <string_view>

namespace mailconf::exports {

// Empty when there is none of that name.
std::string_view template_text(std::string_view name);

}  // namespace mailconf::exports
