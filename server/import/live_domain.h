// A domain as it can be found: what it publishes, and what its servers have proven.
#pragma once

#include "mailconf/report.h"
#include "mailconf/resolver.h"
#include "server/import/imported.h"

namespace mailconf::server {

void import_live_domain(const DomainName& domain, const ResolverOptions& network, Imports& imports);

// The same of what was found: a definition of the domain alone, for others that are served alike are not ours to name.
void import_report(const DomainName& domain, const Report& report, Imports& imports);

}  // namespace mailconf::server
