// /audit/DOMAIN: what clients meet when they ask for a domain that is published here, judged as by "mailconf check".
#pragma once

#include "server/endpoints/administration.h"
#include "server/request.h"

namespace mailconf::server {

// GET tells what was found lately, POST what is found now; but a domain is asked about once a minute at most. 404 for a
// domain that no definition names; 503 when too much is asked for at once.
Answer audit_of_domain(const Request& request, const Administration& administration);

}  // namespace mailconf::server
