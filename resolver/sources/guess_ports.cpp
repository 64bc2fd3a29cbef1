#include "sources/guess_ports.h"

#include <algorithm>
#include <span>
#include <tuple>

namespace mailconf {
namespace {

struct Port {
  std::uint16_t number;
  ServerType type;
  SocketType socket_type;
  std::string_view service;  // the SRV label that may deny it
};

// Implicit TLS before STARTTLS (RFC 8314 §3).
constexpr Port imap_ports[] = {{993, ServerType::imap, SocketType::ssl, "_imaps"},
                               {143, ServerType::imap, SocketType::starttls, "_imap"}};
constexpr Port pop3_ports[] = {{995, ServerType::pop3, SocketType::ssl, "_pop3s"},
                               {110, ServerType::pop3, SocketType::starttls, "_pop3"}};
constexpr Port submission_ports[] = {{465, ServerType::smtp, SocketType::ssl, "_submissions"},
                                     {587, ServerType::smtp, SocketType::starttls, "_submission"}};
// For relaying between servers; some providers never offered anything else to their users.
constexpr Port relay_ports[] = {{25, ServerType::smtp, SocketType::starttls, "_submission"}};

constexpr std::string_view imap_labels[] = {"imap", "mail", ""};
constexpr std::string_view pop3_labels[] = {"pop3", "pop", "mail", ""};
constexpr std::string_view smtp_labels[] = {"smtp", "mail", ""};

using Hosts = std::vector<std::string> (*)(const GuessNames&);

template <const auto& labels>
std::vector<std::string> usual_hosts(const GuessNames& names) {
  std::vector<std::string> hosts;
  for (const std::string_view label : labels) hosts.push_back(names.host(label));
  return hosts;
}

std::vector<std::string> certified_hosts(const GuessNames& names) { return names.certified_hosts(); }
std::vector<std::string> mx_host(const GuessNames& names) { return {names.mx_host()}; }

struct Row {
  Direction direction;
  Stage stage;
  Hosts hosts;
  std::span<const Port> ports;
};

constexpr Row rows[] = {
    {Direction::incoming, Stage::usual, usual_hosts<imap_labels>, imap_ports},
    {Direction::outgoing, Stage::usual, usual_hosts<smtp_labels>, submission_ports},
    {Direction::incoming, Stage::by_certificate, certified_hosts, imap_ports},
    {Direction::outgoing, Stage::by_certificate, certified_hosts, submission_ports},
    {Direction::incoming, Stage::last_resort, usual_hosts<pop3_labels>, pop3_ports},
    {Direction::incoming, Stage::last_resort, mx_host, imap_ports},
    {Direction::outgoing, Stage::last_resort, mx_host, submission_ports},
    {Direction::outgoing, Stage::last_resort, usual_hosts<smtp_labels>, relay_ports},
};

// Names of their own first, then those that any name would lead to, then the domain itself: often a web server that
// drops what it does not expect. Hosts of equal credit are tried on the better port first, whichever it is on.
std::vector<GuessedPort> ports_of(const Row& row, const GuessNames& names) {
  struct Ranked {
    std::tuple<bool, bool, std::size_t> credit;
    GuessedPort port;
  };
  std::vector<Ranked> ranked;
  for (const auto& host : row.hosts(names)) {
    for (std::size_t index = 0; index < row.ports.size(); ++index) {
      const Port& port = row.ports[index];
      const auto& addresses = names.addresses(host);
      if (addresses.empty() || names.is_denied(port.service)) continue;
      const bool is_domain = host == names.host("");
      ranked.push_back({{is_domain, names.is_wildcard_only(host), index},
                        {{port.type, host, port.number, port.socket_type}, addresses}});
    }
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const Ranked& a, const Ranked& b) { return a.credit < b.credit; });
  std::vector<GuessedPort> ports;
  for (auto& entry : ranked) ports.push_back(std::move(entry.port));
  return ports;
}

}  // namespace

std::vector<GuessedPort> guessed_ports(const GuessNames& names, Direction direction, Stage stage) {
  std::vector<GuessedPort> ports;
  for (const auto& row : rows) {
    if (row.direction != direction || row.stage != stage) continue;
    for (auto& port : ports_of(row, names)) ports.push_back(std::move(port));
  }
  return ports;
}

}  // namespace mailconf
