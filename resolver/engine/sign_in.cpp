#include "engine/sign_in.h"

#include <algorithm>

#include "sources/follow_ups.h"

namespace mailconf {
namespace {

bool has_endpoints(const OAuth2& oauth2) { return !oauth2.auth_url.empty() && !oauth2.token_url.empty(); }

// An issuer leads to its endpoints by its metadata (RFC 8414 §3).
bool leads_to_tokens(const std::optional<OAuth2>& oauth2) {
  return oauth2 && (!oauth2->issuer.empty() || has_endpoints(*oauth2));
}

bool takes_tokens(const Server& server) {
  return is_tcp(server.type) && std::ranges::count(server.authentication, Authentication::oauth2) > 0;
}

std::optional<OAuth2> known_of_host(const Server& server, const ProviderData* providers) {
  if (!providers) return std::nullopt;
  const auto host = DomainName::parse(server.hostname);
  return host ? providers->sign_in(*host) : std::nullopt;
}

void fill(std::string& text, const std::string& with) {
  if (text.empty()) text = with;
}

OAuth2 completed(OAuth2 told, const std::optional<OAuth2>& known) {
  if (!known || has_endpoints(told) || !is_same_issuer(told.issuer, known->issuer)) return told;
  fill(told.auth_url, known->auth_url);
  fill(told.token_url, known->token_url);
  fill(told.scope, known->scope);
  return told;
}

// What is known of a host goes before settings that another party could have written: whoever chooses the page where
// the user signs in gets the password.
std::optional<OAuth2> whom_to_ask(const Finding& finding, const Server& server, const ProviderData* providers) {
  const bool told = leads_to_tokens(finding.settings.oauth2);
  const auto known = known_of_host(server, providers);
  if (told && finding.trust == Trust::authenticated) return completed(*finding.settings.oauth2, known);
  return known || !told ? known : finding.settings.oauth2;
}

void settle(Finding& finding, std::vector<FoundServer>& servers, std::optional<OAuth2>& asked,
            const ProviderData* providers) {
  std::erase_if(servers, [&](FoundServer& found) {
    if (!takes_tokens(found.server)) return false;
    const auto whom = whom_to_ask(finding, found.server, providers);
    if (whom) {
      if (!asked) asked = whom;
      return false;
    }
    const Server as_published = found.server;
    std::erase(found.server.authentication, Authentication::oauth2);
    const bool left_out = found.server.authentication.empty();
    finding.reservations.push_back({as_published, left_out ? Reservation::oauth2_alone : Reservation::oauth2_unknown});
    return left_out;
  });
}

}  // namespace

void settle_sign_in(Finding& finding, const ProviderData* providers) {
  std::optional<OAuth2> asked;
  settle(finding, finding.incoming, asked, providers);
  settle(finding, finding.outgoing, asked, providers);
  if (asked) finding.settings.oauth2 = asked;
}

std::optional<std::string> issuer_to_ask(const Finding& finding) {
  const auto& oauth2 = finding.settings.oauth2;
  if (!oauth2 || oauth2->issuer.empty() || has_endpoints(*oauth2)) return std::nullopt;
  const auto offers = [](const auto& found, auto body) {
    return std::ranges::count((found.*body).authentication, Authentication::oauth2) > 0;
  };
  const auto server = [&](const FoundServer& found) { return offers(found, &FoundServer::server); };
  const auto service = [&](const FoundService& found) { return offers(found, &FoundService::service); };
  const bool wanted = std::ranges::any_of(finding.incoming, server) || std::ranges::any_of(finding.outgoing, server) ||
                      std::ranges::any_of(finding.services, service);
  return wanted ? std::optional(oauth2->issuer) : std::nullopt;
}

std::optional<std::string> resource_to_ask(const Finding& finding) {
  if (leads_to_tokens(finding.settings.oauth2)) return std::nullopt;
  const auto takes = [](const auto& body) {
    return !body.url.empty() && std::ranges::count(body.authentication, Authentication::oauth2) > 0;
  };
  for (const auto& found : finding.incoming) {
    if (takes(found.server)) return found.server.url;
  }
  for (const auto& found : finding.services) {
    if (takes(found.service)) return found.service.url;
  }
  return std::nullopt;
}

void complete_sign_in(Finding& finding, const std::map<std::string, OAuth2, std::less<>>& told) {
  const auto resource = resource_to_ask(finding);
  if (const auto says = resource ? told.find(*resource) : told.end(); says != told.end())
    finding.settings.oauth2 = says->second;
  const auto issuer = issuer_to_ask(finding);
  const auto place = issuer ? told.find(*issuer) : told.end();
  if (place == told.end()) return;
  const auto& says = place->second;
  auto& known = *finding.settings.oauth2;
  fill(known.auth_url, says.auth_url);
  fill(known.token_url, says.token_url);
  fill(known.scope, says.scope);
  known.registration_url = says.registration_url;
  known.device_url = says.device_url;
  known.scopes_supported = says.scopes_supported;
}

}  // namespace mailconf
