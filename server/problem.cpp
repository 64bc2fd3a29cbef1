#include "server/problem.h"

#include <algorithm>
#include <fmt/core.h>

namespace mailconf::server {

namespace {

std::string marked(const Problem& problem) {
  const bool warns = problem.severity == Severity::warning;
  if (problem.code.empty()) return warns ? " (warning)" : "";
  return fmt::format(" ({}{})", warns ? "warning: " : "", problem.code);
}

}  // namespace

std::string Problem::text() const {
  std::string place = file;
  if (line > 0) place += fmt::format(":{}", line);
  if (!field.empty()) place += ": " + field;
  return fmt::format("{}: {}{}{}{}", place, message, repair.empty() ? "" : "; ", repair, marked(*this));
}

bool has_errors(const Problems& problems) {
  return std::ranges::any_of(problems, [](const Problem& problem) { return problem.severity == Severity::error; });
}

}  // namespace mailconf::server
