// Audits without a network: what a test says is wrong with a domain is what is found.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "server/audits/audit_settings.h"

namespace mailconf::testing {

// A complete audit that has found these codes.
Audit audit_with(const std::string& domain, const std::vector<std::string>& codes);

// Domains that it was not told about are sound.
class FakeAuditor {
 public:
  // For Surroundings; the object outlives the server.
  [[nodiscard]] server::Auditor function();

  void is_wrong(const std::string& domain, const std::vector<std::string>& codes);
  // Not everything can be asked of it any more.
  void is_silent(const std::string& domain);
  // From now on each audit waits until release(), or until a stop is requested.
  void hold();
  void release();
  // Returns once so many audits have begun since the beginning.
  void wait_for(std::size_t begun);
  // In order of their beginning.
  [[nodiscard]] std::vector<std::string> audited() const;
  [[nodiscard]] server::AuditSettings settings() const;

 private:
  Result<Audit> audit(const server::AuditSettings& settings, const DomainName& domain, const std::stop_token& stop);

  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::map<std::string, std::vector<std::string>> wrong_;
  std::vector<std::string> silent_;
  std::vector<std::string> audited_;
  server::AuditSettings settings_;
  bool held_ = false;
};

}  // namespace mailconf::testing
