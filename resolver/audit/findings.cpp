#include "audit/findings.h"

#include <algorithm>
#include <tuple>

#include "audit/checks.h"
#include "model/text.h"

namespace mailconf::audit {
namespace {

std::string filled_in(std::string_view text, std::string_view domain, std::string_view subject) {
  std::string result(text);
  for (const auto& [name, value] : {std::pair{"{domain}", domain}, std::pair{"{subject}", subject}}) {
    const std::string_view key = name;
    for (auto at = result.find(key); at != result.npos; at = result.find(key, at + value.size()))
      result.replace(at, key.size(), value);
  }
  return result;
}

std::vector<std::string> names_in(std::string_view list) {
  std::vector<std::string> names;
  for (const auto name : split(list, ',')) names.emplace_back(trim(name));
  return names;
}

}  // namespace

void Findings::add(std::string_view code, std::string subject, std::string message, std::vector<Evidence> evidence,
                   std::string repair) {
  const bool known = std::ranges::any_of(
      findings_, [&](const AuditFinding& each) { return each.code == code && each.subject == subject; });
  if (known) return;
  const auto& check = check_of(code);
  if (repair.empty()) repair = filled_in(check.repair, domain_.ascii(), subject);
  findings_.push_back({std::string(code), check.severity, std::move(subject), std::move(message), std::move(evidence),
                       names_in(check.affects), std::move(repair)});
}

void Findings::add_of_certificate(std::string_view code, const std::string& key, const std::string& place,
                                  std::string message, std::vector<Evidence> evidence) {
  const auto known = of_certificates_.find({std::string(code), key});
  if (known == of_certificates_.end()) {
    const std::size_t next = findings_.size();
    add(code, place, std::move(message), std::move(evidence));
    if (findings_.size() > next) of_certificates_[{std::string(code), key}] = next;
    return;
  }
  auto& first = findings_[known->second];
  if (first.subject == place || std::ranges::find(first.also_at, place) != first.also_at.end()) return;
  first.also_at.push_back(place);
  first.evidence.insert(first.evidence.end(), evidence.begin(), evidence.end());
  first.repair = filled_in(check_of(code).repair, domain_.ascii(), first.where());
}

std::vector<AuditFinding> Findings::sorted() && {
  const auto key = [](const AuditFinding& finding) { return std::tuple(finding.severity, &check_of(finding.code)); };
  std::ranges::stable_sort(findings_, {}, key);
  return std::move(findings_);
}

}  // namespace mailconf::audit
