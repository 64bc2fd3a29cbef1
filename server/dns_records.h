// The DNS records without which a published document is not believed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/published_domain.h"

namespace mailconf::server {

class Snapshot;

// Lines of a zone file.
std::vector<std::string> dns_records(const PublishedDomain& domain);

// A sentence about what has changed: a new record must stand beside the old one for a while, since caches still hold
// the old document (draft-ietf-mailmaint-pacc-03).
std::optional<std::string> changed_records(const PublishedDomain& before, const PublishedDomain& after);

// Of every domain that is rendered at both moments.
std::vector<std::string> changed_records(const Snapshot& before, const Snapshot& after);

}  // namespace mailconf::server
