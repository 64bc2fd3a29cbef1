// mailconf probe: which ports a person means, and what they show.
#include "driver/probing.h"

#include <array>
#include <charconv>
#include <fmt/core.h>

#include "engine/proof.h"
#include "model/host.h"
#include "model/text.h"
#include "protocol/probe_dialogue.h"

namespace mailconf {
namespace {

struct StandardPort {
  ServerType type;
  std::uint16_t port;
  SocketType socket_type;
};

// RFC 8314 §7, RFC 6409; implicit TLS first.
constexpr std::array standard_ports{
    StandardPort{ServerType::imap, 993, SocketType::ssl},     StandardPort{ServerType::imap, 143, SocketType::starttls},
    StandardPort{ServerType::pop3, 995, SocketType::ssl},     StandardPort{ServerType::pop3, 110, SocketType::starttls},
    StandardPort{ServerType::smtp, 465, SocketType::ssl},     StandardPort{ServerType::smtp, 587, SocketType::starttls},
    StandardPort{ServerType::smtp, 25, SocketType::starttls},
};

// What the first label says about the protocol, if anything.
std::optional<ServerType> implied_type(std::string_view host) {
  const std::string label(host.substr(0, host.find('.')));
  if (label == "imap" || label == "imaps") return ServerType::imap;
  if (label == "pop" || label == "pop3" || label == "pops") return ServerType::pop3;
  if (label == "smtp" || label == "smtps" || label == "submission") return ServerType::smtp;
  return std::nullopt;
}

struct HostAndPort {
  std::string host;
  std::uint16_t port = 0;  // 0: not given
};

Result<HostAndPort> split_host_and_port(std::string_view text) {
  std::string_view host = text;
  std::string_view port;
  if (!text.empty() && text.front() == '[') {
    const auto end = text.find(']');
    if (end == std::string_view::npos)
      return fail(ErrorCode::bad_address, printable(text), "lacks the closing bracket");
    host = text.substr(1, end - 1);
    port = text.substr(end + 1);
    if (!port.empty() && port.front() != ':') return fail(ErrorCode::bad_address, printable(text), "is no host:port");
  } else if (const auto colon = text.find(':'); colon != std::string_view::npos && colon == text.rfind(':')) {
    host = text.substr(0, colon);
    port = text.substr(colon);
  }
  const auto name = normalise_host(host);
  if (!name) return fail(ErrorCode::bad_address, printable(text), "is not a host name or address");
  HostAndPort result{*name, 0};
  if (port.empty()) return result;
  port.remove_prefix(1);
  const auto [end, problem] = std::from_chars(port.data(), port.data() + port.size(), result.port);
  if (problem != std::errc() || end != port.data() + port.size() || result.port == 0) {
    return fail(ErrorCode::bad_address, printable(text), "needs a port from 1 to 65535");
  }
  return result;
}

Server server_at(const HostAndPort& place, ServerType type, std::uint16_t port, SocketType socket_type) {
  Server server;
  server.type = type;
  server.hostname = place.host;
  server.port = port;
  server.socket_type = socket_type;
  return server;
}

std::vector<Server> on_standard_ports(const HostAndPort& place) {
  const auto type = implied_type(place.host);
  std::vector<Server> servers;
  for (const auto& standard : standard_ports) {
    const bool wanted = place.port == 0 ? !type || *type == standard.type : place.port == standard.port;
    const bool relay = standard.port == 25 && place.port == 0;  // between servers; asked for by number only
    if (wanted && !relay) servers.push_back(server_at(place, standard.type, standard.port, standard.socket_type));
  }
  return servers;
}

std::vector<Server> on_unusual_port(const HostAndPort& place) {
  const auto type = implied_type(place.host);
  std::vector<Server> servers;
  for (const auto candidate : {ServerType::imap, ServerType::pop3, ServerType::smtp}) {
    if (type && *type != candidate) continue;
    servers.push_back(server_at(place, candidate, place.port, SocketType::ssl));
    servers.push_back(server_at(place, candidate, place.port, SocketType::starttls));
  }
  return servers;
}

ProbedPort describe(const Server& server, const Answer& answer, Duration elapsed) {
  ProbedPort port;
  port.server = server;
  port.proof = prove(server, answer, elapsed);
  if (const auto* shown = std::get_if<ProbeAnswer>(&answer)) {
    port.address = shown->address;
    port.greeting = shown->greeting;
    port.before_tls = shown->before_tls;
    port.capabilities = shown->capabilities;
    port.authentication = authentication_of(shown->mechanisms);
    port.server.authentication = port.authentication;
  }
  return port;
}

}  // namespace

Result<std::vector<Server>> servers_to_probe(std::string_view host_and_port) {
  const auto place = split_host_and_port(trim(host_and_port));
  if (!place) return tl::unexpected(place.error());
  auto servers = on_standard_ports(*place);
  return servers.empty() ? on_unusual_port(*place) : servers;
}

std::vector<ProbedPort> probe_servers(Network& network, std::uint32_t owner, const std::vector<Server>& servers,
                                      Duration patience, const std::stop_token& stop) {
  const std::stop_callback wake_up(stop, [&network] { network.wake(); });
  const Instant began = network.now();
  const Instant deadline = began + patience;
  std::vector<ProbedPort> ports(servers.size());
  std::size_t open = 0;
  for (std::size_t index = 0; index < servers.size(); ++index) {
    ports[index].server = servers[index];
    if (const auto question = proof_question(servers[index])) {
      network.start({owner, static_cast<std::uint32_t>(index)}, *question, deadline);
      ++open;
    }
  }
  while (open > 0 && !stop.stop_requested()) {
    for (const auto& completion : network.wait_until(deadline)) {
      const auto index = completion.ticket.number;
      ports[index] = describe(servers[index], completion.answer, network.now() - began);
      --open;
    }
  }
  for (std::uint32_t index = 0; open > 0 && index < servers.size(); ++index) network.cancel({owner, index});
  return ports;
}

}  // namespace mailconf
