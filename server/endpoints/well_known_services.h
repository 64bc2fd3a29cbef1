// Calendars, contacts and JMAP at their well-known places (RFC 6764 §5, RFC 8620 §2.2): the way to where they are.
#pragma once

#include "server/answer.h"
#include "server/request.h"
#include "server/subject.h"

namespace mailconf::server {

// Whatever the method: clients begin with PROPFIND.
Answer caldav(const Request& request, const Subject& subject);
Answer carddav(const Request& request, const Subject& subject);
Answer jmap(const Request& request, const Subject& subject);

}  // namespace mailconf::server
