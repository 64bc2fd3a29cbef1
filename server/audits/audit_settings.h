// How the server's own domains are audited, as [audit] of the configuration says.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "mailconf/audit.h"

namespace mailconf::server {

struct AuditSettings {
  std::chrono::seconds every{0};    // in the background; 0: never
  std::vector<DomainName> domains;  // that are audited in the background, in the order of their names; empty: all
  std::size_t concurrency = 2;      // in the background
  std::chrono::seconds keep{3600};  // what was found answers for so long who asks for a domain
  std::vector<std::string> dns;     // "ADDRESS:PORT"; empty: the system's
  std::filesystem::path ca_file;    // absolute; empty: the system's authorities
  bool allow_private = false;

  bool operator==(const AuditSettings&) const = default;
};

// One audit. An error when the settings cannot be used. Ends by itself within some seconds, and soon after a stop was
// requested. Safe from any thread.
using Auditor = std::function<Result<Audit>(const AuditSettings&, const DomainName&, const std::stop_token&)>;
Result<Audit> audit_by_library(const AuditSettings& settings, const DomainName& domain, const std::stop_token& stop);

// What keeps audits from being made with these settings.
Result<void> check_audits(const AuditSettings& settings);

// "90s", "30m", "12h" or "1d".
std::optional<std::chrono::seconds> parse_period(std::string_view text);

}  // namespace mailconf::server
