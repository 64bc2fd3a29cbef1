// Mozilla autoconfig (draft-ietf-mailmaint-autoconfig-06 §3).
#pragma once

#include "server/answer.h"
#include "server/request.h"
#include "server/subject.h"

namespace mailconf::server {

// The document of the domain; with the address spliced in when the request names one.
Answer autoconfig(const Request& request, const Subject& subject);

}  // namespace mailconf::server
