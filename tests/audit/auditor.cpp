#include "audit/auditor.h"

#include <fstream>
#include <iterator>

namespace mailconf::testing {

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<Audit> audits_of(simulated::World world, const std::vector<DomainName>& domains) {
  simulated::SimulatedNetwork network(std::move(world));
  SharedNetwork shared(network);
  std::vector<Audit> audits;
  std::size_t taken = 0;
  AuditBatch batch;
  batch.next = [&]() -> std::variant<DomainName, Batch::Pause> {
    if (taken == domains.size()) return Batch::Pause::ended;
    return domains[taken++];
  };
  batch.concurrency = 4;
  batch.done = [&](const Audit& audit) { audits.push_back(audit); };
  std::uint32_t owner = 1;
  run_audits(shared, owner, batch, {std::chrono::seconds(8), today}, {});
  return audits;
}

Audit audit_of(const std::string& world, const std::string& domain) {
  return audits_of(simulated::world_from(world, domain), {DomainName::parse(domain).value()}).front();
}

std::vector<std::string> codes_of(const Audit& audit) {
  std::vector<std::string> codes;
  for (const auto& finding : audit.findings) {
    if (std::ranges::find(codes, finding.code) == codes.end()) codes.push_back(finding.code);
  }
  return codes;
}

const AuditFinding* finding_of(const Audit& audit, const std::string& code) {
  const auto found = std::ranges::find(audit.findings, code, &AuditFinding::code);
  return found == audit.findings.end() ? nullptr : &*found;
}

}  // namespace mailconf::testing
