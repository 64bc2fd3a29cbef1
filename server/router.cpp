#include "server/router.h"

#include <algorithm>
#include <array>

#include "server/endpoints/autoconfig.h"
#include "server/endpoints/health.h"
#include "server/subject.h"

namespace mailconf::server {
namespace {

enum class DomainFrom { address_or_host, path, nowhere };

using Endpoint = Answer (*)(const Request&, const Subject&);

struct Route {
  Audience audience;
  std::string_view methods;  // as the Allow field lists them; OPTIONS is answered here
  std::string_view path;     // as clean_path() leaves it; a last segment "*" stands for any one segment
  DomainFrom domain_from;
  Endpoint endpoint;
};

using enum Audience;
using enum DomainFrom;

constexpr std::string_view reading = "GET, HEAD, OPTIONS";

constexpr Route routes[] = {
    {everyone, reading, "/mail/config-v1.1.xml", address_or_host, autoconfig},
    {everyone, reading, "/.well-known/autoconfig/mail/config-v1.1.xml", address_or_host, autoconfig},
    {everyone, reading, "/.well-known/mail-v1.xml", address_or_host, autoconfig},
    {everyone, reading, "/v1.1/mail/config-v1.1.xml", address_or_host, autoconfig},
    {everyone, reading, "/v1.1/*", path, autoconfig},
    {administrator, reading, "/healthz", nowhere, health},
};

bool matches(std::string_view pattern, std::string_view path) {
  if (!pattern.ends_with('*')) return pattern == path;
  const auto prefix = pattern.substr(0, pattern.size() - 1);
  return path.size() > prefix.size() && path.starts_with(prefix) && path.find('/', prefix.size()) == path.npos;
}

const Route* find_route(std::string_view path, Audience audience) {
  const auto found = std::ranges::find_if(
      routes, [&](const Route& route) { return route.audience == audience && matches(route.path, path); });
  return found == std::end(routes) ? nullptr : found;
}

bool allows(std::string_view methods, std::string_view method) {
  for (;;) {
    const auto comma = methods.find(", ");
    if (methods.substr(0, comma) == method) return true;
    if (comma == methods.npos) return false;
    methods.remove_prefix(comma + 2);
  }
}

Answer options(std::string_view methods, Audience audience) {
  Answer answer;
  answer.status = 204;
  answer.headers = {{"Allow", std::string(methods)}};
  if (audience == everyone) {
    answer.headers.emplace_back("Access-Control-Allow-Methods", methods);
    answer.headers.emplace_back("Access-Control-Allow-Headers", "*");
    answer.headers.emplace_back("Access-Control-Max-Age", "86400");
  }
  return answer;
}

Answer method_not_allowed(std::string_view methods) {
  auto answer = explain(405, "This resource can only be read.");
  answer.headers.emplace_back("Allow", methods);
  return answer;
}

// The method stays what it was (RFC 9110 §15.4.9).
Answer redirect_to_https(const Request& request) {
  auto answer = explain(308, "This server answers over https.");
  answer.headers.emplace_back("Location", "https://" + request.host.text + request.target.raw);
  return answer;
}

SubjectOrRefusal subject_of(const Route& route, const Request& request, const Domains& domains) {
  switch (route.domain_from) {
    case address_or_host:
      return by_address_or_host(request, domains);
    case path:
      return by_name(std::string_view(request.target.path).substr(route.path.size() - 1), domains);
    case nowhere:
      break;
  }
  return Subject{};
}

Answer answer_of(const Route& route, const Request& request, const Domains& domains) {
  if (request.method == "OPTIONS") return options(route.methods, route.audience);
  if (!allows(route.methods, request.method)) return method_not_allowed(route.methods);
  const auto subject = subject_of(route, request, domains);
  return subject ? route.endpoint(request, *subject) : subject.error();
}

}  // namespace

Routed route(const Request& request, Audience audience, const Domains& domains, PlainHttp plain_http) {
  if (request.target.path == "*" && request.method == "OPTIONS") return {options(reading, administrator), "*"};
  const auto* found = find_route(request.target.path, audience);
  if (found == nullptr) return {explain(404, "Nothing is published under this path."), ""};
  const bool to_https = audience == everyone && plain_http == PlainHttp::redirect && !request.encrypted;
  Routed routed{to_https && request.host.domain ? redirect_to_https(request) : answer_of(*found, request, domains),
                found->path};
  // Public documents: any web page may read them (Fetch §3.2).
  if (audience == everyone) routed.answer.headers.emplace_back("Access-Control-Allow-Origin", "*");
  return routed;
}

}  // namespace mailconf::server
