#include "guides/choice.h"

#include <algorithm>

namespace mailconf::guides {
namespace {

const Server* first_encrypted(const std::vector<Server>& servers, ServerType type) {
  const auto fits = [type](const Server& server) {
    return server.type == type && server.socket_type != SocketType::plain && !server.hostname.empty();
  };
  const auto found = std::find_if(servers.begin(), servers.end(), fits);
  return found == servers.end() ? nullptr : &*found;
}

bool takes(const Server& server, Authentication way) {
  const auto& ways = server.authentication;
  return std::find(ways.begin(), ways.end(), way) != ways.end();
}

}  // namespace

Servers servers_of(const Settings& settings) {
  return {first_encrypted(settings.incoming, ServerType::imap), first_encrypted(settings.incoming, ServerType::pop3),
          first_encrypted(settings.outgoing, ServerType::smtp)};
}

Choice choose(const GuideSubject& subject, const GuideStyle& style) {
  Choice choice{servers_of(subject.settings)};
  const bool only_pop3 = choice.servers.imap == nullptr && choice.servers.pop3 != nullptr;
  choice.protocol = style.protocol.value_or(only_pop3 ? ServerType::pop3 : ServerType::imap);
  choice.incoming = choice.protocol == ServerType::pop3 ? choice.servers.pop3 : choice.servers.imap;
  return choice;
}

SignIn sign_in_of(const Server& server) {
  if (takes(server, Authentication::password_cleartext)) return SignIn::password;
  if (takes(server, Authentication::password_encrypted)) return SignIn::encrypted_password;
  if (takes(server, Authentication::oauth2)) return SignIn::oauth2;
  const bool open = takes(server, Authentication::none) || takes(server, Authentication::client_ip_address);
  return open ? SignIn::nothing : SignIn::other;
}

}  // namespace mailconf::guides

namespace mailconf {

std::vector<Server> guide_servers(const Settings& settings) {
  const guides::Servers chosen = guides::servers_of(settings);
  std::vector<Server> result;
  for (const Server* server : {chosen.imap, chosen.pop3, chosen.smtp}) {
    if (server != nullptr) result.push_back(*server);
  }
  return result;
}

}  // namespace mailconf
