// Audits of domains at a simulated internet.
#pragma once

#include <string>
#include <vector>

#include "driver/audits.h"
#include "support/simulated_network.h"
#include "support/world_reader.h"

namespace mailconf::testing {

// The day on which these audits take place; certificates of the simulated authority end in 2030.
inline constexpr audit::Day today = std::chrono::sys_days(std::chrono::year(2026) / 1 / 1);

std::string text_of(const std::string& path);
// What an audit of example.org finds in a world, given as TOML.
Audit audit_of(const std::string& world, const std::string& domain = "example.org");
// Domains one after the other, on one network.
std::vector<Audit> audits_of(simulated::World world, const std::vector<DomainName>& domains);

std::vector<std::string> codes_of(const Audit& audit);
const AuditFinding* finding_of(const Audit& audit, const std::string& code);

}  // namespace mailconf::testing
