// What a client takes of the settings that it was told.
#include <algorithm>

#include "clients/run.h"

namespace mailconf::clients {
namespace {

void drop_what_is_not_taken(const Facts& facts, std::vector<Server>& servers) {
  std::erase_if(servers, [&](const Server& server) {
    return !is_tcp(server.type) || (server.socket_type == SocketType::plain && !facts.takes_plaintext);
  });
}

bool suits(const Facts& facts, const std::vector<Server>& servers) {
  std::vector<Server> taken = servers;
  drop_what_is_not_taken(facts, taken);
  if (facts.imap_only) std::erase_if(taken, [](const Server& server) { return server.type == ServerType::pop3; });
  return !taken.empty() && (!facts.first_only || taken.front() == servers.front());
}

}  // namespace

Taken taken_by(const Facts& facts, Settings settings) {
  if (!suits(facts, settings.incoming))
    return {std::nullopt, "names no server for reading mail that this client takes"};
  if (!suits(facts, settings.outgoing))
    return {std::nullopt, "names no server for sending mail that this client takes"};
  drop_what_is_not_taken(facts, settings.incoming);
  drop_what_is_not_taken(facts, settings.outgoing);
  if (facts.imap_only)
    std::erase_if(settings.incoming, [](const Server& server) { return server.type == ServerType::pop3; });
  return {std::move(settings), ""};
}

}  // namespace mailconf::clients
