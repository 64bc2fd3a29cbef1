// From a request to its endpoint: one visible table, in router.cpp.
#pragma once

#include <string_view>

#include "server/answer.h"
#include "server/configuration.h"
#include "server/domains.h"
#include "server/request.h"

namespace mailconf::server {

enum class Audience { everyone, administrator };

struct Routed {
  Answer answer;
  std::string_view route;  // the path as the table has it, fit for logs; empty when none matched
};

Routed route(const Request& request, Audience audience, const Domains& domains, PlainHttp plain_http);

}  // namespace mailconf::server
