// SARIF 2.1.0 (OASIS), written piece by piece: the rules first, then the results as they come.
#include "audit/audit_json.h"
#include "audit/checks.h"
#include "audit/document_forms.h"

namespace mailconf::audit {
namespace {

json::object rule_json(const Check& check) {
  return {{"id", json::text(check.code)},
          {"shortDescription", json::object{{"text", json::text(check.summary)}}},
          {"defaultConfiguration", json::object{{"level", json::text(to_string(check.severity))}}}};
}

// There is no file and no line: the place is a name.
json::object location_json(const Audit& audit, const std::string& place) {
  return {{"logicalLocations",
           json::array{json::object{{"name", json::text(place)}, {"fullyQualifiedName", json::text(audit.domain)}}}}};
}

json::object result_json(const Audit& audit, const AuditFinding& finding) {
  json::array locations{location_json(audit, finding.subject)};
  for (const auto& place : finding.also_at) locations.push_back(location_json(audit, place));
  return {{"ruleId", json::text(finding.code)},
          {"level", json::text(to_string(finding.severity))},
          {"message", json::object{{"text", json::text(std::string(check_of(finding.code).summary) + ": " +
                                                       finding.message + ". " + finding.repair)}}},
          {"locations", std::move(locations)},
          {"properties", json::object{{"domain", json::text(audit.domain)},
                                      {"evidence", json::array_of(finding.evidence, evidence_json)},
                                      {"affects", json::texts(finding.affects)},
                                      {"repair", json::text(finding.repair)}}}};
}

}  // namespace

std::string sarif_head() {
  const json::object driver{{"name", "mailconf check"}, {"rules", json::array_of(checks(), rule_json)}};
  return R"({"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"tool":{"driver":)" +
         json::serialize(driver, false) + R"(},"results":[)";
}

std::string sarif_domain(const Audit& audit, bool first) {
  std::string text;
  for (const auto& finding : audit.findings)
    text += (first && text.empty() ? "\n" : ",\n") + json::serialize(result_json(audit, finding), false);
  return text;
}

std::string sarif_end() { return "\n]}]}\n"; }

}  // namespace mailconf::audit
