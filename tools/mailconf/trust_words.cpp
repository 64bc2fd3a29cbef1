#include "trust_words.h"

#include <algorithm>
#include <fmt/format.h>

#include "mailconf/address.h"
#include "plain_words.h"

namespace mailconf::cli {
namespace {

std::string owner(const std::string& hostname) {
  const auto name = DomainName::parse(hostname);
  if (!name) return hostname;
  const auto domain = registrable_domain(*name);
  return both_forms(domain ? domain->ascii() : name->ascii());
}

}  // namespace

std::vector<std::string> foreign_domains(const Configuration& configuration, const std::string& mail_domain) {
  const std::string own = owner(mail_domain);
  std::vector<std::string> foreign;
  for (const auto* group : {&configuration.incoming, &configuration.outgoing}) {
    for (const FoundServer& found : *group) {
      const std::string other = owner(found.server.hostname);
      const bool known = std::find(foreign.begin(), foreign.end(), other) != foreign.end();
      if (!found.server.hostname.empty() && other != own && !known) foreign.push_back(other);
    }
  }
  return foreign;
}

std::string trust_words(const Report& report) {
  const auto foreign = foreign_domains(report.best, report.domain);
  const std::string whose = foreign.empty() ? "" : fmt::format("; the servers belong to {}", joined(foreign, " and "));
  switch (report.best.trust) {
    case Trust::authenticated:
      return fmt::format("authenticated: may be used without asking{}", whose);
    case Trust::confirm:
      return fmt::format("show this to the user before use: others could have chosen these servers{}", whose);
    case Trust::insecure:
      return fmt::format("do not use without the user's consent: a step or a server is not encrypted{}", whose);
  }
  return {};
}

}  // namespace mailconf::cli
