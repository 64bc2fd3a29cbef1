// What came of looking for a domain.
#pragma once

#include <memory>

#include "mailconf/report.h"
#include "server/published_domain.h"

namespace mailconf::server {

struct FoundDomain {
  Outcome outcome = Outcome::absent;              // found, absent, or unknown: the store cannot be asked
  std::shared_ptr<const PublishedDomain> domain;  // only when found
};

}  // namespace mailconf::server
