// Findings as they are collected.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "audit/gathered.h"

namespace mailconf::audit {

class Findings {
 public:
  explicit Findings(const DomainName& domain) : domain_(domain) {}

  // Severity and clients are those of the table of checks, and so is the repair unless a better one is given. Of a code
  // and subject, the first stands.
  void add(std::string_view code, std::string subject, std::string message, std::vector<Evidence> evidence,
           std::string repair = {});
  // Errors first, then in the order of the table.
  [[nodiscard]] std::vector<AuditFinding> sorted() &&;

 private:
  const DomainName& domain_;
  std::vector<AuditFinding> findings_;
};

}  // namespace mailconf::audit
