// What the last audit of each watched domain has found, in short: the codes and the time.
//
// Safe from any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailconf/audit.h"

namespace mailconf::server {

struct AuditTotals {
  std::size_t domains = 0;                                      // that were audited completely
  std::vector<std::size_t> findings;                            // of each code, in the order of audit_checks()
  std::optional<std::chrono::system_clock::time_point> oldest;  // when the domain was audited that waits the longest
};

class AuditLedger {
 public:
  using Clock = std::function<std::chrono::system_clock::time_point()>;

  explicit AuditLedger(Clock now);

  [[nodiscard]] const std::vector<AuditCheck>& checks() const { return checks_; }

  // Domains that the round before did not come by are no more and forgotten, if that was a whole one.
  void round_begins(bool after_whole_round);
  // A round has come by it.
  void seen(const DomainName& domain);
  // The codes of errors that the domain did not have before. An audit that is not complete takes nothing back: what it
  // could not ask for may be as bad as ever.
  std::vector<std::string> record(const DomainName& domain, const Audit& audit);
  void clear();

  [[nodiscard]] AuditTotals totals() const;
  // How many findings of a severity the domain has; nothing before its first audit.
  [[nodiscard]] std::optional<std::size_t> findings(const DomainName& domain, mailconf::Severity severity) const;

 private:
  using Code = std::uint16_t;  // its place in checks_
  struct Standing {
    std::vector<Code> codes;
    std::optional<std::chrono::system_clock::time_point> audited_at;  // completely
    std::uint64_t seen_in = 0;
  };

  [[nodiscard]] std::vector<Code> codes_of(const Audit& audit) const;
  std::vector<std::string> count(const std::vector<Code>& codes, const std::vector<Code>& before);
  void forget(const Standing& standing);

  const Clock now_;
  const std::vector<AuditCheck> checks_;
  std::map<std::string, Code, std::less<>> places_;
  mutable std::mutex mutex_;
  std::map<DomainName, Standing> standings_;
  std::vector<std::size_t> findings_;
  std::uint64_t round_ = 0;
};

}  // namespace mailconf::server
