#include "engine/consent.h"

#include <algorithm>
#include <fmt/core.h>

#include "engine/services.h"

namespace mailconf {
namespace {

void add(std::vector<std::string>& texts, std::string text) {
  if (std::ranges::find(texts, text) == texts.end()) texts.push_back(std::move(text));
}

std::string owner(const std::string& hostname) {
  const auto name = DomainName::parse(hostname);
  if (!name) return hostname;
  const auto domain = registrable_domain(*name);
  return (domain ? *domain : *name).ascii();
}

bool is_published(const FoundServer& found) {
  return !found.server.username.empty() && found.source != "guess" && found.source != "srv";
}

// The way that comes first is the one that a client takes.
bool takes_password(const std::vector<FoundServer>& servers) {
  if (servers.empty() || servers.front().server.authentication.empty()) return false;
  switch (servers.front().server.authentication.front()) {
    case Authentication::password_cleartext:
    case Authentication::password_encrypted:
    case Authentication::http_basic:
    case Authentication::http_digest:
    case Authentication::ntlm:
      return true;
    default:
      return false;
  }
}

}  // namespace

Consent consent_for(const State& state, const Chosen& chosen, const Configuration& best) {
  Consent consent;
  const std::string own = owner(state.subject.domain.ascii());
  for (const auto* servers : {&best.incoming, &best.outgoing}) {
    for (const auto& found : *servers) {
      if (const auto whose = owner(found.server.hostname); !whose.empty() && whose != own) add(consent.domains, whose);
    }
  }
  const bool services_alone = best.sources.empty();
  for (const auto& found : best.services) {
    const auto whose = services_alone ? owner(host_of(found.service)) : "";
    if (!whose.empty() && whose != own) add(consent.domains, whose);
  }
  if (best.trust == Trust::authenticated) return consent;
  if (services_alone) {
    for (const auto& whose : consent.domains) add(consent.reasons, fmt::format("{} is not the mail domain", whose));
  }
  for (const auto* finding : {chosen.incoming, chosen.outgoing}) {
    if (!finding) continue;
    for (const auto& doubt : finding->doubts) add(consent.reasons, doubt);
  }
  return consent;
}

std::vector<std::string> names_for(const FoundServer& found, const std::optional<EmailAddress>& address) {
  if (is_published(found)) return {found.server.username};
  if (!address) return {};
  return {address->text(), address->local_part()};
}

LoginForms login_forms(const Configuration& best, const std::optional<EmailAddress>& address) {
  LoginForms forms;
  for (const auto* servers : {&best.incoming, &best.outgoing}) {
    for (const auto& found : *servers) {
      for (auto& name : names_for(found, address)) add(forms.usernames, std::move(name));
    }
  }
  forms.needs_password = takes_password(best.incoming) || takes_password(best.outgoing);
  return forms;
}

}  // namespace mailconf
