// Audits in words for people.
#pragma once

#include <string>

#include "mailconf/audit.h"
#include "style.h"

namespace mailconf::cli {

// A headline with the counts, then each finding with what to do.
std::string check_text(const Audit& audit, const Style& style);
// Everything that was asked, and what came back.
std::string check_explanation(const Audit& audit, const Style& style);

struct CheckCount {
  std::size_t domains = 0;
  std::size_t failing = 0;     // with findings of the severity that counts
  std::size_t incomplete = 0;  // could not be told
};
// Of several domains.
std::string check_summary(const CheckCount& count, const Style& style);

}  // namespace mailconf::cli
