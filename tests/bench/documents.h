// Settings of an ordinary size for the benchmarks: two ways in, two ways out.
#pragma once

#include "mailconf/settings.h"

namespace mailconf::bench {

inline Server server(ServerType type, const char* host, std::uint16_t port, SocketType socket_type) {
  Server result;
  result.type = type;
  result.hostname = host;
  result.port = port;
  result.socket_type = socket_type;
  result.authentication = {Authentication::oauth2, Authentication::password_cleartext};
  result.username = "%EMAILADDRESS%";
  return result;
}

inline DomainName domain() { return *DomainName::parse("example.org"); }

inline Settings settings() {
  Settings result;
  result.provider.id = "example.org";
  result.provider.display_name = "Example Mail";
  result.provider.display_short_name = "Example";
  result.provider.domains = {domain(), *DomainName::parse("example.net")};
  result.incoming = {server(ServerType::imap, "imap.example.org", 993, SocketType::ssl),
                     server(ServerType::pop3, "pop.example.org", 995, SocketType::ssl)};
  result.outgoing = {server(ServerType::smtp, "smtp.example.org", 465, SocketType::ssl),
                     server(ServerType::smtp, "smtp.example.org", 587, SocketType::starttls)};
  return result;
}

}  // namespace mailconf::bench
