// Why nothing was found, source by source, and what can be done about it.
#pragma once

#include <string>

#include "mailconf/report.h"
#include "style.h"

namespace mailconf::cli {

// Next to settings only what could not be asked. Both are empty where there is nothing to say.
std::string reasons(const Report& report, bool beside_settings, const Style& style);
std::string advice(const Report& report, const Style& style);

}  // namespace mailconf::cli
