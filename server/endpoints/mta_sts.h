// The policy of MTA-STS (RFC 8461 §3.2), for servers that deliver mail to the domain.
#pragma once

#include "server/answer.h"
#include "server/request.h"
#include "server/subject.h"

namespace mailconf::server {

Answer mta_sts(const Request& request, const Subject& subject);

}  // namespace mailconf::server
