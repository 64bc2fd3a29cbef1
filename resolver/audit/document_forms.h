// The forms of an AuditDocument: each writes a head, a domain, an end.
#pragma once

#include <string>

#include "mailconf/audit.h"

namespace mailconf::audit {

std::string sarif_head();
std::string sarif_domain(const Audit& audit, bool first);
std::string sarif_end();

// By a template of data/reports: "check.html" or "check.md". Its sections are head, domain and end.
std::string page_head(std::string_view name);
std::string page_domain(std::string_view name, const Audit& audit);
std::string page_end(std::string_view name);

}  // namespace mailconf::audit
