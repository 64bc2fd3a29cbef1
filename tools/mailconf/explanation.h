// The explanation (--trace): what was asked, because of what, what came back, how long it took, and why one finding
// beat another.
#pragma once

#include <string>

#include "mailconf/report.h"
#include "style.h"

namespace mailconf::cli {

std::string explanation(const Report& report, const Style& style);

}  // namespace mailconf::cli
