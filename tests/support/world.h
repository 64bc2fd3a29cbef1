// A whole internet as a value: zones, machines, ports, certificates, documents, mail servers. What it does over time is
// the simulated network's business.
#pragma once

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "mailconf/settings.h"
#include "protocol/question.h"

namespace mailconf::simulated {

// The world was asked something that the scenario says nothing about: the scenario is incomplete.
class UnknownToTheWorld : public std::logic_error {
 public:
  using logic_error::logic_error;
};

// What a packet to a port meets.
enum class Reach { open, refuse, drop, unreachable };

enum class PortService {
  web,
  mail,
  silent,  // accepts and says nothing
  reset,   // accepts and resets
};

struct Certificate {
  std::vector<std::string> names;  // "*.example.org" covers one label
  CertificateVerdict fault = CertificateVerdict::valid;
  std::string not_after = "2030-01-01T00:00:00Z";
};
// As a careful client judges it; names count only where nothing else is wrong.
CertificateVerdict verdict(const Certificate& certificate, std::string_view host);

enum class StartTls {
  offered,
  stripped,   // not offered, and login is possible in clear
  refused,    // offered, then refused
  injection,  // accepted with octets in clear behind the reply
};

struct MailService {
  ServerType type = ServerType::imap;
  std::string greeting;                   // lines without their ends
  std::vector<std::string> before_tls;    // capabilities: IMAP words, POP3 and SMTP lines
  std::vector<std::string> capabilities;  // after TLS
  StartTls starttls = StartTls::offered;
};

struct Port {
  Reach reach = Reach::open;
  PortService service = PortService::silent;
  bool tls = false;        // from the first octet
  bool tls_fails = false;  // the handshake ends in an alert
  Certificate certificate;
  MailService mail;
  Duration think{};                // before each answer, beside the host's own
  std::size_t octets_a_second{0};  // 0: at once
};

struct Resource {
  HttpAnswer answer;
  std::string raw;  // sent instead of a proper response when not empty
  Duration think{};
};

struct Host {
  std::string name;  // in the scenario
  std::vector<std::string> addresses;
  Duration round_trip{};
  Duration think{};
  Reach other_ports = Reach::refuse;
  std::map<std::uint16_t, Port> ports;
  std::map<std::string, Resource> resources;  // by URL or path, with or without query
  std::optional<int> default_status;
};

// Record texts by type ("A", "AAAA", "MX", "SRV", "TXT", "NS", "CNAME"), or a fault: "servfail", "refused", "timeout".
using Records = std::map<std::string, std::vector<std::string>, std::less<>>;

struct Zone {
  std::string apex;
  bool authentic = false;
  Duration think{};
  std::string fault;                                  // of every answer, when not empty
  std::map<std::string, Records, std::less<>> names;  // absolute; "*.example.org" for a wildcard
};

struct World {
  Duration round_trip{};                 // to the name server and to hosts that do not say otherwise
  Duration think{};                      // of the name server
  Duration name_timeout{};               // after which a name server that stays silent is given up
  int loss_percent = 0;                  // of all packets, each way
  bool offline = false;                  // no network at all
  std::optional<Reach> other_addresses;  // addresses without a host; unset: asking for them is an error
  std::vector<Zone> zones;
  std::vector<Host> hosts;
};

struct NameReply {
  Answer answer;
  Duration think{};
  bool silent = false;  // no reply will ever come
};
// What the name server says. Throws UnknownToTheWorld for a name outside every zone.
NameReply look_up(const World& world, const DnsQuestion& question);

// The word is a fault that a zone or a record may have.
bool is_name_fault(std::string_view word);

// The host with that address; nothing when there is none.
const Host* host_at(const World& world, std::string_view address);
// What a port does, declared or not.
const Port& port_at(const World& world, std::string_view address, std::uint16_t number);
// The response to a GET, or the host's default. Throws UnknownToTheWorld when it has none.
Resource resource_at(const Host& host, const Url& url);

}  // namespace mailconf::simulated
