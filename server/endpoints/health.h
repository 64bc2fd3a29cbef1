// Is the process alive and able to answer?
#pragma once

#include "server/answer.h"
#include "server/request.h"
#include "server/subject.h"

namespace mailconf::server {

Answer health(const Request& request, const Subject& subject);

}  // namespace mailconf::server
