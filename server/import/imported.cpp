#include "server/import/imported.h"

#include <algorithm>
#include <fmt/core.h>

#include "server/domain_command.h"

namespace mailconf::server {
namespace {

constexpr auto whole_address = "%EMAILADDRESS%";

template <class Body>
std::string title_of(const Body& body) {
  return body.url.empty() ? fmt::format("{} {}:{}", to_string(body.type), body.hostname, body.port)
                          : fmt::format("{} {}", to_string(body.type), body.url);
}

template <class Body>
void drop_unencrypted(std::vector<Body>& bodies, const std::string& origin, Imports& imports) {
  std::erase_if(bodies, [&](const Body& body) {
    const bool in_clear = body.url.empty() ? body.socket_type == SocketType::plain
                                           : !body.url.starts_with("https://") && !body.url.starts_with("wss://");
    if (in_clear) imports.warn(origin, title_of(body), "is left out: it has no encryption");
    return in_clear;
  });
}

void fill_in_usernames(std::vector<Server>& servers, const std::string& origin, Imports& imports) {
  for (auto& server : servers) {
    if (!server.username.empty() || std::ranges::none_of(server.authentication, is_login)) continue;
    server.username = whole_address;
    imports.warn(origin, title_of(server), "no user name is told: the whole address is taken");
  }
}

// A definition wants all four (RFC 8414 §2 has the first three).
void drop_incomplete_oauth2(Imported& imported, Imports& imports) {
  const auto& oauth2 = imported.settings.oauth2;
  if (!oauth2) return;
  const auto is_empty = [](const std::string* text) { return text->empty(); };
  const auto needed = {&oauth2->issuer, &oauth2->auth_url, &oauth2->token_url, &oauth2->scope};
  if (std::ranges::none_of(needed, is_empty)) return;
  imports.warn(imported.origin, "oauth2", "is left out: issuer, authURL, tokenURL and scope are not all told");
  imported.settings.oauth2.reset();
}

}  // namespace

bool make_servable(Imported& imported, Imports& imports) {
  auto& settings = imported.settings;
  drop_unencrypted(settings.incoming, imported.origin, imports);
  drop_unencrypted(settings.outgoing, imported.origin, imports);
  drop_unencrypted(settings.services, imported.origin, imports);
  fill_in_usernames(settings.incoming, imported.origin, imports);
  fill_in_usernames(settings.outgoing, imported.origin, imports);
  drop_incomplete_oauth2(imported, imports);
  // Names such as "automx2-1" mean nothing here, and K-9 refuses them.
  if (!settings.provider.domains.empty() && !DomainName::parse(settings.provider.id))
    settings.provider.id = settings.provider.domains.front().ascii();
  if (!settings.incoming.empty()) return true;
  imports.lose(domain_bad_input, imported.origin, "is not imported: it names no encrypted server to read mail at");
  return false;
}

}  // namespace mailconf::server
