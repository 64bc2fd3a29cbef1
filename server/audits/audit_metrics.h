// Audits in the words of Prometheus. The number of series is bounded: codes are those of the table of checks, and
// domains those that the configuration lists.
//
// Safe from any thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "server/audits/audit_ledger.h"

namespace mailconf::server {

class AuditMetrics {
 public:
  AuditMetrics();
  ~AuditMetrics();
  AuditMetrics(const AuditMetrics&) = delete;
  AuditMetrics& operator=(const AuditMetrics&) = delete;

  void audited(const Result<Audit>& audit);

  // `listed` have series of their own.
  [[nodiscard]] std::string text(const AuditLedger& ledger, const std::vector<DomainName>& listed) const;

 private:
  struct Families;
  std::unique_ptr<Families> families_;
};

}  // namespace mailconf::server
