// Autodiscover in JSON ("v2"): where the other form is, and where ActiveSync and Exchange web services are.
#pragma once

#include "server/answer.h"
#include "server/domains.h"
#include "server/request.h"

namespace mailconf::server {

// The address is the parameter "Email", if there is any.
Answer autodiscover_json(const Request& request, const Domains& domains);
// The address is the last segment of the path.
Answer autodiscover_json_by_path(const Request& request, const Domains& domains);

}  // namespace mailconf::server
