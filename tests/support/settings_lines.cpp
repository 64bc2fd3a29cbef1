#include "support/settings_lines.h"

#include <charconv>

#include "model/text.h"
#include "support/toml_fields.h"

namespace mailconf::simulated {
namespace {

template <class T>
T demand(std::optional<T> value, const std::string& place, const std::string& line) {
  if (!value) throw BadScenario(place, "not a server: '" + line + "'");
  return *value;
}

std::uint16_t port_of(std::string_view text) {
  std::uint16_t port = 0;
  std::from_chars(text.data(), text.data() + text.size(), port);
  return port;
}

Server server_from(const std::string& line, const std::string& place) {
  const auto part = split(line, ' ');
  if (part.size() < 4) throw BadScenario(place, "a server has type, host, port and socket type: '" + line + "'");
  Server server;
  server.type = demand(parse_server_type(part[0]), place, line);
  server.hostname = part[1];
  server.port = port_of(part[2]);
  server.socket_type = demand(parse_socket_type(part[3]), place, line);
  for (const auto word : split(part.size() > 4 ? part[4] : "password-cleartext", ','))
    server.authentication.push_back(demand(parse_authentication(word), place, line));
  server.username = part.size() > 5 ? part[5] : "%EMAILADDRESS%";
  return server;
}

}  // namespace

Settings settings_from_lines(const std::vector<std::string>& lines, const std::vector<std::string>& domains,
                             const std::string& place) {
  Settings settings;
  for (const auto& name : domains) {
    const auto domain = DomainName::parse(name);
    if (!domain) throw BadScenario(place, domain.error().text());
    settings.provider.domains.push_back(*domain);
  }
  if (domains.empty()) throw BadScenario(place, "settings need a domain");
  settings.provider.id = settings.provider.domains.front().ascii();
  settings.provider.display_name = settings.provider.id;
  settings.provider.display_short_name = settings.provider.id.substr(0, settings.provider.id.find('.'));
  for (const auto& line : lines) {
    auto server = server_from(line, place);
    (server.type == ServerType::smtp ? settings.outgoing : settings.incoming).push_back(std::move(server));
  }
  return settings;
}

}  // namespace mailconf::simulated
