// A result as one line of a long list, and back as far as a later run wants to know.
#pragma once

#include <string>
#include <string_view>

#include "mailconf/report.h"
#include "mailconf/result.h"

namespace mailconf::cli {

enum class ResultFormat {
  ndjson,  // what --json prints
  csv,     // RFC 4180, but for the line ends; a few columns
};

// With its line end; empty when the format has none.
std::string header_line(ResultFormat format);
// With its line end, and no other line end within.
std::string result_line(const Report& report, ResultFormat format);
// Address, domain, status and trust of a line without its end. The errors have no place.
Result<Report> read_result_line(std::string_view line, ResultFormat format);

}  // namespace mailconf::cli
