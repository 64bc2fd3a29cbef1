#include "mailconf/audit.h"

#include <algorithm>
#include <array>

#include "audit/checks.h"
#include "model/text.h"

namespace mailconf {

std::string_view to_string(Severity severity) {
  constexpr std::array<std::string_view, 3> names{"error", "warning", "note"};
  return names.at(static_cast<std::size_t>(severity));
}

std::string AuditFinding::where() const {
  std::string places = subject;
  for (const auto& place : also_at) places += ", " + place;
  return places;
}

std::size_t Audit::count(Severity severity) const {
  return static_cast<std::size_t>(std::ranges::count(findings, severity, &AuditFinding::severity));
}

std::vector<AuditCheck> audit_checks() {
  std::vector<AuditCheck> result;
  for (const auto& check : audit::checks()) {
    std::vector<std::string> affects;
    for (const auto name : split(check.affects, ',')) affects.emplace_back(trim(name));
    result.push_back({std::string(check.code), check.severity, std::string(check.summary), std::move(affects)});
  }
  return result;
}

}  // namespace mailconf
