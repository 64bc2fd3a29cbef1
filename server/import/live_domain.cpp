#include "server/import/live_domain.h"

#include <algorithm>
#include <fmt/core.h>
#include <iterator>

#include "server/domain_command.h"

namespace mailconf::server {
namespace {

struct End {
  Status status;
  int exit;
  std::string_view sentence;
};
// Those that leave nothing to import. All others have settings.
constexpr End ends[] = {
    {Status::insecure_only, domain_bad_input, "is not imported: it has none but unencrypted servers"},
    {Status::needs_credentials, domain_bad_input, "is not imported: it tells its settings only to who signs in"},
    {Status::no_standard_protocol, domain_bad_input, "is not imported: its provider has neither IMAP nor POP3"},
    {Status::not_found, domain_not_there, "publishes nothing, and nothing answers"},
    {Status::unknown, domain_could_not_tell, "could not be looked at: not everything could be asked"},
    {Status::offline, domain_could_not_tell, "could not be looked at: nothing could be asked"},
    {Status::aborted, domain_could_not_tell, "could not be looked at: it was interrupted"},
    {Status::bad_input, domain_bad_input, "cannot be looked at"},
};

// What a definition cannot say, or should not on the word of a stranger.
void tell_what_is_left(const DomainName& domain, const Report& report, Imports& imports) {
  const auto& name = domain.ascii();
  if (report.best.trust != Trust::authenticated)
    imports.warn(name, "", "somebody else could have chosen these servers: look at them before they are published");
  for (const auto& reason : report.consent.reasons) imports.warn(name, "", reason);
  for (const auto& warning : report.warnings) imports.warn(name, "", warning.message);
  for (const auto& hint : report.hints) {
    if (hint.kind != "enable") imports.warn(name, "", fmt::format("users must know first: {} {}", hint.kind, hint.url));
  }
  if (!report.best.provider.mx_domains.empty())
    imports.warn(name, "mxDomains", "is left out: it would claim the mail of others");
}

std::vector<Server> proven(const std::vector<FoundServer>& found, const DomainName& domain, Imports& imports) {
  std::vector<Server> servers;
  for (const auto& [server, username, source, proof] : found) {
    if (is_tcp(server.type) && proof.outcome != ProofOutcome::proven) {
      imports.warn(domain.ascii(), fmt::format("{} {}:{}", to_string(server.type), server.hostname, server.port),
                   fmt::format("is left out: {}", proof.reason.empty() ? "it is not proven" : proof.reason));
      continue;
    }
    servers.push_back(server);
    servers.back().username = username;
  }
  return servers;
}

std::vector<Service> services_of(const std::vector<FoundService>& found) {
  std::vector<Service> services;
  for (const auto& [service, username, source] : found) {
    services.push_back(service);
    services.back().username = username;
  }
  return services;
}

}  // namespace

void import_report(const DomainName& domain, const Report& report, Imports& imports) {
  if (const auto* const end = std::ranges::find(ends, report.status, &End::status); end != std::end(ends))
    return imports.lose(end->exit, domain.ascii(), std::string(end->sentence));
  tell_what_is_left(domain, report, imports);
  const auto& best = report.best;
  Imported imported{domain.ascii(), {}};
  auto& settings = imported.settings;
  settings.provider.domains = {domain};
  settings.provider.display_name = best.provider.display_name.empty() ? domain.ascii() : best.provider.display_name;
  settings.provider.display_short_name = best.provider.display_short_name;
  settings.incoming = proven(best.incoming, domain, imports);
  settings.outgoing = proven(best.outgoing, domain, imports);
  settings.services = services_of(best.services);
  settings.oauth2 = best.oauth2;
  settings.documentation = best.documentation;
  settings.enable = best.enable;
  if (best.oauth2 && best.oauth2->registration_url.starts_with("https://"))
    imported.registration_url = best.oauth2->registration_url;
  imports.definitions.push_back(std::move(imported));
}

void import_live_domain(const DomainName& domain, const ResolverOptions& network, Imports& imports) {
  auto resolver = Resolver::create(network);
  if (!resolver) return imports.lose(domain_bad_input, domain.ascii(), resolver.error().text());
  import_report(domain, resolver->resolve(domain), imports);
}

}  // namespace mailconf::server
