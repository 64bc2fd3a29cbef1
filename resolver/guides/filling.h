// Templates filled in. A name that there is no value for is an error, not a hole.
#pragma once

#include <functional>
#include <kainjow/mustache.hpp>
#include <string>
#include <string_view>

#include "mailconf/result.h"

namespace mailconf::guides {

using Values = kainjow::mustache::data;
using TextEscape = std::function<std::string(const std::string&)>;

Result<std::string> filled(std::string_view text, const Values& values, const TextEscape& escape);

}  // namespace mailconf::guides
