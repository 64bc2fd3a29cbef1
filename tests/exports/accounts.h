// Accounts to be exported: one like most, one whose every value is out to break the file.
#pragma once

#include "mailconf/export.h"

namespace accounts {

using namespace mailconf;

inline FoundServer server(ServerType type, const std::string& hostname, std::uint16_t port, SocketType socket) {
  FoundServer found;
  found.server.type = type;
  found.server.hostname = hostname;
  found.server.port = port;
  found.server.socket_type = socket;
  found.server.authentication = {Authentication::password_cleartext};
  found.server.username = "alice@example.org";
  found.source = "autoconfig";
  return found;
}

inline FoundServer imap(SocketType socket = SocketType::ssl) {
  return server(ServerType::imap, "imap.example.org", socket == SocketType::ssl ? 993 : 143, socket);
}
inline FoundServer pop3(SocketType socket = SocketType::ssl) {
  return server(ServerType::pop3, "pop.example.org", socket == SocketType::ssl ? 995 : 110, socket);
}
inline FoundServer smtp(SocketType socket = SocketType::ssl) {
  return server(ServerType::smtp, "smtp.example.org", socket == SocketType::ssl ? 465 : 587, socket);
}

inline Configuration configuration(std::vector<FoundServer> incoming, std::vector<FoundServer> outgoing) {
  Configuration configuration;
  configuration.provider.id = "example.org";
  configuration.provider.display_name = "Example Mail";
  configuration.incoming = std::move(incoming);
  configuration.outgoing = std::move(outgoing);
  return configuration;
}

inline Configuration simple() { return configuration({imap()}, {smtp()}); }
inline Configuration upgraded() { return configuration({imap(SocketType::starttls)}, {smtp(SocketType::starttls)}); }

inline constexpr const char* kOdd = "o'b\"r\\i$e`n %s %(x)s #;{{a}}<&>\u00fc";

// As a publisher may write it: what a user name may be is nobody's rule.
inline Configuration odd() {
  Configuration result = simple();
  result.provider.display_name = kOdd;
  for (auto* group : {&result.incoming, &result.outgoing}) group->front().server.username = kOdd;
  return result;
}

inline EmailAddress address(const char* text = "alice@example.org") { return *EmailAddress::parse(text); }
inline EmailAddress odd_address() { return *EmailAddress::parse("\"a b\\\"c$d`e%U/../'f\"@example.org"); }

inline ExportOptions odd_options() { return {"printf '%s' \"$(cat \"/a b\")\" # \\n", "/tmp/a \"b\" \\c 'd' #%s.pem"}; }

}  // namespace accounts
