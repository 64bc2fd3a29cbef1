// Autodiscover by SOAP (MS-OXWSADISC): GetUserSettings.
#pragma once

#include "server/answer.h"
#include "server/domains.h"
#include "server/request.h"

namespace mailconf::server {

Answer autodiscover_soap(const Request& request, const Domains& domains);

}  // namespace mailconf::server
