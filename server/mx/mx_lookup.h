// Asking the DNS where a domain's mail goes: a seam, so that tests have an internet of their own.
#pragma once

#include <stop_token>

#include "mailconf/resolver.h"

namespace mailconf::server {

class MxLookup {
 public:
  virtual ~MxLookup() = default;
  // Safe from any thread. Ends soon after a stop was requested.
  virtual MailHosts look_up(const DomainName& domain, const std::stop_token& stop) = 0;
};

}  // namespace mailconf::server
