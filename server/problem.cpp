#include "server/problem.h"

#include <algorithm>
#include <fmt/core.h>

namespace mailconf::server {

std::string Problem::text() const {
  std::string place = file;
  if (line > 0) place += fmt::format(":{}", line);
  if (!field.empty()) place += ": " + field;
  return fmt::format("{}: {}{}", place, message, severity == Severity::warning ? " (warning)" : "");
}

bool has_errors(const Problems& problems) {
  return std::ranges::any_of(problems, [](const Problem& problem) { return problem.severity == Severity::error; });
}

}  // namespace mailconf::server
