// A report for people: what to type into a mail program, how far to trust it, and what to do when there is nothing.
#pragma once

#include <string>

#include "mailconf/report.h"
#include "style.h"

namespace mailconf::cli {

std::string report_text(const Report& report, const Style& style);

}  // namespace mailconf::cli
