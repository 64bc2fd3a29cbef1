#include "audit/audit_json.h"

namespace mailconf::audit {

json::object finding_json(const AuditFinding& finding) {
  json::object result{{"code", json::text(finding.code)},
                      {"severity", json::text(to_string(finding.severity))},
                      {"subject", json::text(finding.subject)},
                      {"message", json::text(finding.message)},
                      {"evidence", json::array_of(finding.evidence, evidence_json)},
                      {"affects", json::texts(finding.affects)},
                      {"repair", json::text(finding.repair)}};
  json::put_unless_empty(result, "alsoAt", json::texts(finding.also_at));
  return result;
}

json::object evidence_json(const Evidence& evidence) {
  return {{"asked", json::text(evidence.asked)}, {"answered", json::text(evidence.answered)}};
}

}  // namespace mailconf::audit

namespace mailconf {

std::string write_audit_json(const Audit& audit, bool indent) {
  json::object result{{"domain", json::text(audit.domain)},
                      {"complete", audit.complete},
                      {"errors", audit.count(Severity::error)},
                      {"warnings", audit.count(Severity::warning)},
                      {"notes", audit.count(Severity::note)},
                      {"findings", json::array_of(audit.findings, audit::finding_json)},
                      {"asked", json::array_of(audit.asked, audit::evidence_json)},
                      {"elapsedMs", json::milliseconds(audit.elapsed)}};
  json::put_unless_empty(result, "incomplete", audit.incomplete);
  return json::serialize(result, indent);
}

}  // namespace mailconf
