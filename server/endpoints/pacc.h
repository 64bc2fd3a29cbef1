// PACC (draft-ietf-mailmaint-pacc-03): one document, whose digest stands in the DNS.
#pragma once

#include "server/answer.h"
#include "server/request.h"
#include "server/subject.h"

namespace mailconf::server {

Answer pacc(const Request& request, const Subject& subject);

}  // namespace mailconf::server
