// From a request to its endpoint: one visible table, in router.cpp.
#pragma once

#include <filesystem>
#include <string_view>

#include "server/answer.h"
#include "server/configuration.h"
#include "server/domains.h"
#include "server/endpoints/administration.h"
#include "server/endpoints/pages.h"
#include "server/patience.h"
#include "server/request.h"

namespace mailconf::server {

enum class Audience { everyone, administrator };

struct Routed {
  Answer answer;
  std::string_view route = {};   // the path as the table has it, fit for logs; empty when none matched
  std::string_view format = {};  // what is published under it, fit for metrics; empty when none matched
};

// What a request is answered with; outlives it.
struct Published {
  const Domains& domains;
  const Administration& administration;
  PlainHttp plain_http;
  const std::filesystem::path& acme_challenges;  // empty: none are answered
  PageSite pages;
  Patience patience = Patience::waits;
};

Routed route(const Request& request, Audience audience, const Published& published);

}  // namespace mailconf::server
