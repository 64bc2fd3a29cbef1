// Findings as they are collected.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
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
  // Of one certificate, `key`, at several places there is one finding, and the repair is for all of them.
  void add_of_certificate(std::string_view code, const std::string& key, const std::string& place, std::string message,
                          std::vector<Evidence> evidence);
  // Errors first, then in the order of the table.
  [[nodiscard]] std::vector<AuditFinding> sorted() &&;

 private:
  const DomainName& domain_;
  std::vector<AuditFinding> findings_;
  std::map<std::pair<std::string, std::string>, std::size_t> of_certificates_;  // by code and key: which of them
};

}  // namespace mailconf::audit
