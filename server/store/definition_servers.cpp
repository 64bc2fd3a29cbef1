#include "server/store/definition_servers.h"

#include <algorithm>
#include <fmt/core.h>
#include <limits>

namespace mailconf::server {
namespace {

// A value of a closed list. Old synonyms are understood, but what is published is spelled as the draft spells it.
template <class Value>
std::optional<Value> checked_value(TomlFields& fields, std::string_view key, const std::string& text,
                                   std::optional<Value> (*parse)(std::string_view)) {
  const auto value = parse(text);
  if (!value) {
    fields.error(key, fmt::format("\"{}\" is no known value", text));
  } else if (to_string(*value) != text) {
    fields.warning(key, fmt::format("\"{}\" is published as \"{}\"", text, to_string(*value)));
  }
  return value;
}

template <class Value>
std::optional<Value> required_value(TomlFields& fields, std::string_view key,
                                    std::optional<Value> (*parse)(std::string_view)) {
  const auto text = fields.required_text(key);
  if (text.empty()) return std::nullopt;
  return checked_value(fields, key, text, parse);
}

std::vector<Authentication> known_mechanisms(TomlFields& fields, const std::vector<std::string>& texts) {
  std::vector<Authentication> values;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto element = fmt::format("authentication[{}]", i);
    if (const auto value = checked_value(fields, element, texts[i], parse_authentication)) values.push_back(*value);
  }
  return values;
}

std::uint16_t required_port(TomlFields& fields) {
  const auto port = fields.integer("port");
  if (!fields.has("port")) fields.error("port", "is missing");
  if (!port) return 0;
  if (*port >= 1 && *port <= std::numeric_limits<std::uint16_t>::max()) return static_cast<std::uint16_t>(*port);
  fields.error("port", fmt::format("must be between 1 and 65535, not {}", *port));
  return 0;
}

template <class Body>
void read_tcp_place(TomlFields& fields, Body& body) {
  body.hostname = fields.required_text("hostname");
  body.port = required_port(fields);
  body.socket_type = required_value(fields, "socketType", parse_socket_type).value_or(SocketType::ssl);
  fields.refuse("url", "this type has a hostname and a port");
}

template <class Body>
void read_url_place(TomlFields& fields, Body& body) {
  body.url = fields.required_text("url");
  for (const auto key : {"hostname", "port", "socketType"}) fields.refuse(key, "this type has a url");
}

// Who is admitted without a login needs no user name.
bool needs_username(const std::vector<Authentication>& authentication) {
  return std::ranges::any_of(authentication, is_login);
}

// Nothing when the type is not known: what else the table must hold depends on it.
std::optional<Server> read_server(TomlFields& fields) {
  const auto type = required_value(fields, "type", parse_server_type);
  if (!type) return std::nullopt;
  Server server;
  server.type = *type;
  server.authentication = known_mechanisms(fields, fields.required_texts("authentication"));
  server.username = fields.text("username").value_or("");
  if (server.username.empty() && needs_username(server.authentication))
    fields.error("username", "is missing; \"%EMAILADDRESS%\" stands for the whole address");
  is_tcp(server.type) ? read_tcp_place(fields, server) : read_url_place(fields, server);
  fields.finish();
  return server;
}

std::optional<Service> read_service(TomlFields& fields) {
  const auto type = required_value(fields, "type", parse_service_type);
  if (!type) return std::nullopt;
  Service service;
  service.type = *type;
  service.authentication = known_mechanisms(fields, fields.texts("authentication"));
  service.username = fields.text("username").value_or("");
  const bool at_a_port =
      service.type == ServiceType::managesieve || (service.type == ServiceType::xmpp && fields.has("hostname"));
  at_a_port ? read_tcp_place(fields, service) : read_url_place(fields, service);
  fields.finish();
  return service;
}

template <class Body>
std::vector<Body> read_all(TomlFields& definition, std::string_view key, std::optional<Body> (*read)(TomlFields&)) {
  std::vector<Body> bodies;
  for (auto& fields : definition.tables(key)) {
    if (auto body = read(fields)) bodies.push_back(*std::move(body));
  }
  return bodies;
}

}  // namespace

std::vector<Server> read_servers(TomlFields& definition, std::string_view key) {
  return read_all(definition, key, read_server);
}

std::vector<Service> read_services(TomlFields& definition, std::string_view key) {
  return read_all(definition, key, read_service);
}

}  // namespace mailconf::server
