// What the authorization server of a definition says of itself (RFC 8414 §3).
#pragma once

#include "server/answer.h"
#include "server/domains.h"
#include "server/request.h"

namespace mailconf::server {

// The issuer is the host, with what follows the well-known path. None but that issuer's own document is told: clients
// refuse any other.
Answer oauth_metadata(const Request& request, const Domains& domains);

}  // namespace mailconf::server
