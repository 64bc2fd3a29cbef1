#include "server/router.h"

#include <algorithm>
#include <array>
#include <variant>

#include "server/endpoints/acme_challenge.h"
#include "server/endpoints/audit.h"
#include "server/endpoints/autoconfig.h"
#include "server/endpoints/autodiscover.h"
#include "server/endpoints/autodiscover_json.h"
#include "server/endpoints/autodiscover_soap.h"
#include "server/endpoints/mta_sts.h"
#include "server/endpoints/oauth_metadata.h"
#include "server/endpoints/pacc.h"
#include "server/endpoints/profile.h"
#include "server/endpoints/profile_code.h"
#include "server/endpoints/well_known_services.h"
#include "server/subject.h"

namespace mailconf::server {
namespace {

enum class DomainFrom { address_or_host, host, pacc_host, mta_sts_host, path, own_rule, nowhere };

// An endpoint that finds its domain by rules of its own, or says in its own words that there is none, sees them all.
using ForSubject = Answer (*)(const Request&, const Subject&);
using ForDomains = Answer (*)(const Request&, const Domains&);
using ForAdministrator = Answer (*)(const Administration&);
using ForAuditor = Answer (*)(const Request&, const Administration&);
using ForAuthority = Answer (*)(const Request&, const std::filesystem::path& webroot);
using ForReaders = Answer (*)(const Request&, const Domains&, const PageSite&);
using Endpoint = std::variant<ForSubject, ForDomains, ForAdministrator, ForAuditor, ForAuthority, ForReaders>;

struct Route {
  Audience audience;
  std::string_view methods;  // as the Allow field lists them; OPTIONS is answered here
  std::string_view path;     // as clean_path() leaves it; a last segment "*" stands for any one segment, and "{pages}"
                             // for the path that the configuration has for pages
  DomainFrom domain_from;
  Endpoint endpoint;
  std::string_view format;
};

using enum Audience;
using enum DomainFrom;

constexpr std::string_view reading = "GET, HEAD, OPTIONS";
constexpr std::string_view posting = "GET, HEAD, POST, OPTIONS";
constexpr std::string_view any_method = "*";  // the endpoint answers them all, OPTIONS too

const Route routes[] = {
    {everyone, reading, "/mail/config-v1.1.xml", address_or_host, autoconfig, "autoconfig"},
    {everyone, reading, "/.well-known/autoconfig/mail/config-v1.1.xml", address_or_host, autoconfig, "autoconfig"},
    {everyone, reading, "/.well-known/mail-v1.xml", address_or_host, autoconfig, "autoconfig"},
    {everyone, reading, "/v1.1/mail/config-v1.1.xml", address_or_host, autoconfig, "autoconfig"},
    {everyone, reading, "/v1.1/*", path, autoconfig, "autoconfig"},
    {everyone, posting, "/autodiscover/autodiscover.xml", own_rule, autodiscover, "autodiscover"},
    {everyone, posting, "/autodiscover.xml", own_rule, autodiscover, "autodiscover"},
    {everyone, posting, "/autodiscover/autodiscover.svc", own_rule, autodiscover_soap, "autodiscover-soap"},
    {everyone, reading, "/autodiscover/autodiscover.json", own_rule, autodiscover_json, "autodiscover-json"},
    {everyone, reading, "/autodiscover/autodiscover.json/v1.0", own_rule, autodiscover_json, "autodiscover-json"},
    {everyone, reading, "/autodiscover/autodiscover.json/v1.0/*", own_rule, autodiscover_json_by_path,
     "autodiscover-json"},
    {everyone, reading, "/email.mobileconfig", own_rule, profile, "apple"},
    {everyone, reading, "/mobileconfig", own_rule, profile, "apple"},
    {everyone, reading, "/profile.mobileconfig", own_rule, profile, "apple"},
    {everyone, reading, "/mail/ios.mobileconfig", own_rule, profile, "apple"},
    {everyone, reading, "/profile.qr", own_rule, profile_code, "profile-code"},
    {everyone, reading, "{pages}", own_rule, setup_page, "page"},
    {everyone, reading, "{pages}/guide/*", own_rule, guide_page, "page"},
    {everyone, reading, "{pages}/help/*", own_rule, article_page, "page"},
    {everyone, posting, "{pages}/self-test", own_rule, self_test_page, "page"},
    {everyone, reading, "{pages}/style.css", own_rule, page_style_file, "page"},
    {everyone, reading, "{pages}/page.js", own_rule, page_script_file, "page"},
    {everyone, reading, "/.well-known/user-agent-configuration.json", pacc_host, pacc, "pacc"},
    {everyone, reading, "/.well-known/mta-sts.txt", mta_sts_host, mta_sts, "mta-sts"},
    {everyone, reading, "/.well-known/oauth-authorization-server", own_rule, oauth_metadata, "oauth"},
    {everyone, reading, "/.well-known/oauth-authorization-server/*", own_rule, oauth_metadata, "oauth"},
    {everyone, any_method, "/.well-known/caldav", host, caldav, "caldav"},
    {everyone, any_method, "/.well-known/carddav", host, carddav, "carddav"},
    {everyone, any_method, "/.well-known/jmap", host, jmap, "jmap"},
    {everyone, reading, "/.well-known/acme-challenge/*", nowhere, acme_challenge, "acme"},
    {administrator, reading, "/healthz", nowhere, health, "health"},
    {administrator, reading, "/readyz", nowhere, readiness, "readiness"},
    {administrator, reading, "/metrics", nowhere, metrics, "metrics"},
    {administrator, posting, "/audit/*", nowhere, audit_of_domain, "audit"},
};

bool matches(std::string_view pattern, std::string_view path) {
  if (!pattern.ends_with('*')) return pattern == path;
  const auto prefix = pattern.substr(0, pattern.size() - 1);
  return path.size() > prefix.size() && path.starts_with(prefix) && path.find('/', prefix.size()) == path.npos;
}

constexpr std::string_view pages_token = "{pages}";

// Of a page: whether it is served at this path.
bool matches_page(std::string_view pattern, std::string_view path, const Pages& pages) {
  if (!pages.served || !path.starts_with(pages.base)) return false;
  path.remove_prefix(pages.base.size());
  if (path == "/") path = "";
  pattern.remove_prefix(pages_token.size());
  return pattern.empty() ? path.empty() : matches(pattern, path);
}

const Route* find_route(std::string_view path, Audience audience, const Pages& pages) {
  const auto fits = [&](const Route& route) {
    if (route.audience != audience) return false;
    return route.path.starts_with(pages_token) ? matches_page(route.path, path, pages) : matches(route.path, path);
  };
  const auto found = std::ranges::find_if(routes, fits);
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
  auto answer = explain(405, "This resource does not know the method.");
  answer.headers.emplace_back("Allow", methods);
  return answer;
}

bool is_posted_to(const Route& route) { return allows(route.methods, "POST"); }

// The method stays what it was (RFC 9110 §15.4.9). Of what is posted to, Outlook asks by GET for a 302 and knows no
// other; 307 is the same for POST.
Answer redirect_to_https(const Request& request, const Route& route) {
  const int temporary = request.method == "POST" ? 307 : 302;
  auto answer = explain(is_posted_to(route) ? temporary : 308, "This server answers over https.");
  answer.headers.emplace_back("Location", "https://" + request.host.text + request.target.raw);
  return answer;
}

// An authority asks over http (RFC 8555 §8.3), where it may well be that no certificate exists as yet.
bool must_go_to_https(const Request& request, const Route& route, PlainHttp plain_http) {
  if (route.audience != everyone || !request.host.domain) return false;
  if (std::holds_alternative<ForAuthority>(route.endpoint)) return false;
  if (plain_http == PlainHttp::redirect) return !request.encrypted;
  // People type their addresses into pages.
  const bool is_private = is_posted_to(route) || std::holds_alternative<ForReaders>(route.endpoint);
  return plain_http == PlainHttp::serve_documents && is_private && request.in_clear;
}

SubjectOrRefusal subject_of(const Route& route, const Request& request, const Domains& domains) {
  switch (route.domain_from) {
    case address_or_host:
      return by_address_or_host(request, domains);
    case host:
      return by_host(request, domains);
    case mta_sts_host:
      return by_label("mta-sts", request, domains);
    case pacc_host:
      return by_label("ua-auto-config", request, domains);
    case path:
      return by_name(std::string_view(request.target.path).substr(route.path.size() - 1), domains);
    case own_rule:
    case nowhere:
      break;
  }
  return Subject{};
}

// Pages take some milliseconds to make, and a file or the domain's servers may not be there at once.
bool takes_time(const Endpoint& endpoint) {
  return std::holds_alternative<ForAuthority>(endpoint) || std::holds_alternative<ForReaders>(endpoint);
}

Answer answer_of(const Route& route, const Request& request, const Published& published) {
  const bool any = route.methods == any_method;
  if (!any && request.method == "OPTIONS") return options(route.methods, route.audience);
  if (!any && !allows(route.methods, request.method)) return method_not_allowed(route.methods);
  if (takes_time(route.endpoint)) must_wait(published.patience);
  if (const auto* endpoint = std::get_if<ForAdministrator>(&route.endpoint))
    return (*endpoint)(published.administration);
  if (const auto* endpoint = std::get_if<ForAuditor>(&route.endpoint))
    return (*endpoint)(request, published.administration);
  if (const auto* endpoint = std::get_if<ForAuthority>(&route.endpoint))
    return (*endpoint)(request, published.acme_challenges);
  if (const auto* endpoint = std::get_if<ForReaders>(&route.endpoint))
    return (*endpoint)(request, published.domains, published.pages);
  if (const auto* endpoint = std::get_if<ForDomains>(&route.endpoint)) return (*endpoint)(request, published.domains);
  const auto subject = subject_of(route, request, published.domains);
  return subject ? std::get<ForSubject>(route.endpoint)(request, *subject) : subject.error();
}

}  // namespace

Routed route(const Request& request, Audience audience, const Published& published) {
  if (request.target.path == "*" && request.method == "OPTIONS") return {options(reading, administrator), "*"};
  const auto* found = find_route(request.target.path, audience, published.pages.configuration);
  if (found == nullptr) return {explain(404, "Nothing is published under this path.")};
  const bool to_https = must_go_to_https(request, *found, published.plain_http);
  auto answer = to_https ? redirect_to_https(request, *found) : answer_of(*found, request, published);
  // Public documents: any web page may read them (Fetch §3.2).
  if (audience == everyone) answer.headers.emplace_back("Access-Control-Allow-Origin", "*");
  return {std::move(answer), found->path, found->format};
}

}  // namespace mailconf::server
