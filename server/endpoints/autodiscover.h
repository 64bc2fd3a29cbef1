// Autodiscover in XML (MS-OXDSCLI, MS-ASCMD §2.2.1.1).
#pragma once

#include "server/answer.h"
#include "server/domains.h"
#include "server/request.h"

namespace mailconf::server {

// Errors of the format come with status 200. Clients that ask by GET name no address: they get the servers of the
// domain of the host, without user names.
Answer autodiscover(const Request& request, const Domains& domains);

}  // namespace mailconf::server
