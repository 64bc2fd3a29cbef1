#include "trust_words.h"

#include <fmt/core.h>

#include "plain_words.h"

namespace mailconf::cli {
namespace {

std::string owners(const Consent& consent) {
  std::vector<std::string> domains;
  for (const auto& domain : consent.domains) domains.push_back(both_forms(domain));
  return domains.empty() ? "" : fmt::format("; the servers belong to {}", joined(domains, " and "));
}

std::string reasons(const Consent& consent) {
  return consent.reasons.empty() ? "" : fmt::format(": {}", joined(consent.reasons, ", "));
}

}  // namespace

std::string trust_words(const Report& report) {
  const auto& consent = report.consent;
  switch (report.best.trust) {
    case Trust::authenticated:
      return fmt::format("authenticated: may be used without asking{}", owners(consent));
    case Trust::confirm:
      return fmt::format("show this to the user before use{}{}", reasons(consent), owners(consent));
    case Trust::insecure:
      return fmt::format("do not use without the user's consent{}{}", reasons(consent), owners(consent));
  }
  return {};
}

}  // namespace mailconf::cli
