#include "exports/documents.h"

#include <algorithm>
#include <fmt/core.h>

#include "mailconf/formats.h"
#include "model/text.h"

namespace mailconf::exports {
namespace {

std::vector<Server> safe_servers(const std::vector<FoundServer>& found) {
  std::vector<Server> servers;
  for (const FoundServer& each : found) {
    const bool in_clear = is_tcp(each.server.type) && each.server.socket_type == SocketType::plain;
    const bool refused = each.proof.outcome == ProofOutcome::refused;
    if (!in_clear && !refused) servers.push_back(each.server);
  }
  return servers;
}

// Every server but those in clear and those that failed their proof, the user names filled in.
Settings settings_of(const Account& account) {
  const Configuration& configuration = account.configuration;
  Settings settings;
  settings.provider = configuration.provider;
  settings.incoming = safe_servers(configuration.incoming);
  settings.outgoing = safe_servers(configuration.outgoing);
  for (const FoundService& found : configuration.services) {
    const bool in_clear = found.service.url.empty() && found.service.socket_type == SocketType::plain;
    if (!in_clear) settings.services.push_back(found.service);
  }
  settings.oauth2 = configuration.oauth2;
  settings.documentation = configuration.documentation;
  settings.enable = configuration.enable;
  return settings;
}

// The XML writer replaces what XML cannot carry; a user name must not change on its way.
Result<void> check_user_names(const Settings& settings) {
  for (const auto* group : {&settings.incoming, &settings.outgoing}) {
    for (const Server& server : *group) {
      if (is_plain_text(server.username)) continue;
      return fail(ErrorCode::not_expressible, "",
                  fmt::format("\"{}\" cannot be written as a user name", printable(server.username)));
    }
  }
  return {};
}

}  // namespace

Result<std::string> write_autoconfig(const Account& account) {
  Settings settings = settings_of(account);
  if (auto checked = check_user_names(settings); !checked) return tl::unexpected(checked.error());
  // Thunderbird wants the domain of the address among those that a file is for.
  auto& domains = settings.provider.domains;
  const DomainName& own = account.address.domain();
  if (std::find(domains.begin(), domains.end(), own) == domains.end()) domains.insert(domains.begin(), own);
  if (settings.provider.id.empty()) settings.provider.id = own.ascii();
  return write_autoconfig_xml(settings);
}

Result<std::string> write_settings(const Account& account) {
  const Settings settings = settings_of(account);
  if (auto checked = check_user_names(settings); !checked) return tl::unexpected(checked.error());
  return write_settings_json(settings) + "\n";
}

}  // namespace mailconf::exports
