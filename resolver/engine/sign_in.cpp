#include "engine/sign_in.h"

#include <algorithm>

namespace mailconf {
namespace {

// An issuer leads to its endpoints by its metadata (RFC 8414 §3).
bool leads_to_tokens(const std::optional<OAuth2>& oauth2) {
  return oauth2 && (!oauth2->issuer.empty() || (!oauth2->auth_url.empty() && !oauth2->token_url.empty()));
}

bool takes_tokens(const Server& server) {
  return is_tcp(server.type) && std::ranges::count(server.authentication, Authentication::oauth2) > 0;
}

std::optional<OAuth2> known_of_host(const Server& server, const ProviderData* providers) {
  if (!providers) return std::nullopt;
  const auto host = DomainName::parse(server.hostname);
  return host ? providers->sign_in(*host) : std::nullopt;
}

// What is known of a host goes before settings that another party could have written: whoever chooses the page where
// the user signs in gets the password.
std::optional<OAuth2> whom_to_ask(const Finding& finding, const Server& server, const ProviderData* providers) {
  const bool told = leads_to_tokens(finding.settings.oauth2);
  if (told && finding.trust == Trust::authenticated) return finding.settings.oauth2;
  const auto known = known_of_host(server, providers);
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

}  // namespace mailconf
