// The one visible table of what an audit looks for; what looks for it stands in judges.h.
#pragma once

#include <span>
#include <string_view>

#include "mailconf/audit.h"

namespace mailconf::audit {

struct Check {
  std::string_view code;
  Severity severity;
  std::string_view summary;
  std::string_view affects;  // clients, separated by ", "
  std::string_view repair;   // "{domain}" and "{subject}" stand for those of the finding
};

std::span<const Check> checks();
// The row of a code that is in the table.
const Check& check_of(std::string_view code);

}  // namespace mailconf::audit
