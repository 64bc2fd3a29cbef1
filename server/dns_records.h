// The DNS records without which a published document is not believed.
#pragma once

#include <string>
#include <vector>

#include "server/snapshot.h"

namespace mailconf::server {

// Lines of a zone file.
std::vector<std::string> dns_records(const PublishedDomain& domain);

// Sentences about what has changed between two moments: a new record must stand beside the old one for a while, since
// caches still hold the old document (draft-ietf-mailmaint-pacc-03). Domains that are new or gone are not mentioned.
std::vector<std::string> changed_records(const Snapshot& before, const Snapshot& after);

}  // namespace mailconf::server
