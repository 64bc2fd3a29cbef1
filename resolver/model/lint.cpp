// What strict clients refuse. Thunderbird drops a file without id, domain, a usable server for reading and one for
// sending; K-9 drops a whole file for one server that it does not understand. Both take the first server of a kind.
#include <algorithm>
#include <array>
#include <fmt/core.h>

#include "mailconf/settings.h"
#include "model/host.h"
#include "model/placeholders.h"
#include "model/text.h"
#include "model/url.h"

namespace mailconf {
namespace {

// draft-ietf-mailmaint-autoconfig-06 §4.2.1.
constexpr std::size_t longest_display_name = 60;
constexpr std::size_t longest_display_short_name = 20;

// What every mail client knows, and how it is spelled.
constexpr std::array known_to_all = {Authentication::password_cleartext, Authentication::password_encrypted,
                                     Authentication::oauth2};

struct UsualSocket {
  std::uint16_t port;
  SocketType socket_type;
};
constexpr UsualSocket usual_sockets[] = {
    {993, SocketType::ssl},      {995, SocketType::ssl},      {465, SocketType::ssl},
    {143, SocketType::starttls}, {110, SocketType::starttls}, {587, SocketType::starttls},
};

class Linter {
 public:
  explicit Linter(const Settings& settings) : settings_(settings) {}

  std::vector<Diagnostic> run() && {
    check_provider();
    check_servers(settings_.incoming, "incoming");
    check_servers(settings_.outgoing, "outgoing");
    check_order();
    for (std::size_t i = 0; i < settings_.services.size(); ++i)
      check_service(settings_.services[i], fmt::format("service[{}]", i));
    return std::move(found_);
  }

 private:
  void report(std::string_view code, std::string place, std::string message) {
    found_.push_back({std::string(code), std::move(place), std::move(message)});
  }
  void expect(bool holds, std::string_view code, std::string place, std::string message) {
    if (!holds) report(code, std::move(place), std::move(message));
  }

  void check_provider() {
    const auto& provider = settings_.provider;
    const auto id = normalise_host(provider.id);
    expect(id.has_value(), "bad-id", "id", "the id must be a host name without placeholders");
    expect(!provider.domains.empty(), "missing-domain", "domains", "no domain is listed");
    expect(!provider.display_name.empty(), "missing-display-name", "displayName", "clients show the id instead");
    expect(count_characters(provider.display_name) <= longest_display_name, "long-display-name", "displayName",
           "more than 60 characters");
    expect(count_characters(provider.display_short_name) <= longest_display_short_name, "long-display-short-name",
           "displayShortName", "more than 20 characters");
  }

  void check_servers(const std::vector<Server>& servers, const std::string& kind) {
    expect(!servers.empty(), "missing-" + kind, kind, "strict clients refuse settings without an " + kind + " server");
    for (std::size_t i = 0; i < servers.size(); ++i) {
      const auto place = fmt::format("{}[{}]", kind, i);
      const bool sends = servers[i].type == ServerType::smtp;
      expect(sends == (kind == "outgoing"), "wrong-list", place + ".type",
             fmt::format("{} does not belong here", to_string(servers[i].type)));
      expect(!servers[i].username.empty(), "missing-username", place + ".username",
             "Thunderbird logs in as \"undefined\" without it");
      is_tcp(servers[i].type) ? check_tcp(servers[i], place) : check_url(servers[i].url, place + ".url");
    }
  }

  void check_tcp(const Server& server, const std::string& place) {
    check_socket(server, place);
    expect(!server.authentication.empty(), "missing-authentication", place + ".authentication",
           "strict clients skip a server without it");
    const auto known = [](Authentication a) { return std::ranges::find(known_to_all, a) != known_to_all.end(); };
    const bool usable = server.authentication.empty() || std::ranges::any_of(server.authentication, known);
    expect(usable, "rare-authentication", place + ".authentication",
           "some clients know only password-cleartext, password-encrypted and OAuth2");
  }

  // For whatever has a host, a port and a way of encryption.
  template <class Body>
  void check_socket(const Body& body, const std::string& place) {
    expect(parse_host_template(body.hostname).has_value(), "bad-hostname", place + ".hostname",
           fmt::format("\"{}\" is no host name", printable(body.hostname, 80)));
    expect(body.port != 0, "bad-port", place + ".port", "a port is a number from 1 to 65535");
    expect(body.socket_type != SocketType::plain, "plain-socket", place + ".socketType",
           "passwords cross the network unencrypted, and K-9 refuses the whole file");
    const auto* const usual = std::ranges::find(usual_sockets, body.port, &UsualSocket::port);
    const bool unusual = usual != std::end(usual_sockets) && body.socket_type != SocketType::plain &&
                         usual->socket_type != body.socket_type;
    expect(
        !unusual, "unusual-socket", place + ".socketType",
        fmt::format("port {} is meant for {}", body.port, to_string(unusual ? usual->socket_type : body.socket_type)));
  }

  void check_url(const std::string& url, const std::string& place) {
    const auto parsed = parse_url_template(url, {"https", "wss"});
    expect(parsed.has_value(), "bad-url", place, parsed ? "" : parsed.error().message);
  }

  void check_service(const Service& service, const std::string& place) {
    service.url.empty() ? check_socket(service, place) : check_url(service.url, place + ".url");
  }

  // Clients take the first: IMAP before POP3 (RFC 6186 §3.4 leaves it to the client), TLS before STARTTLS (RFC 8314
  // §3).
  void check_order() {
    const auto& incoming = settings_.incoming;
    const auto pop3 = std::ranges::find(incoming, ServerType::pop3, &Server::type);
    const bool imap_later = std::find_if(pop3, incoming.end(),
                                         [](const Server& s) { return s.type == ServerType::imap; }) != incoming.end();
    const bool imap_first =
        std::find_if(incoming.begin(), pop3, [](const Server& s) { return s.type == ServerType::imap; }) != pop3;
    expect(imap_first || !imap_later, "pop3-first", "incoming", "clients take the first server, which is POP3");
    check_encryption_order(settings_.incoming, "incoming");
    check_encryption_order(settings_.outgoing, "outgoing");
  }

  void check_encryption_order(const std::vector<Server>& servers, const std::string& kind) {
    for (std::size_t i = 0; i + 1 < servers.size(); ++i) {
      const auto better =
          std::find_if(servers.begin() + static_cast<std::ptrdiff_t>(i) + 1, servers.end(), [&](const Server& later) {
            return later.type == servers[i].type && is_tcp(later.type) && later.socket_type < servers[i].socket_type;
          });
      expect(better == servers.end(), "weaker-first", fmt::format("{}[{}]", kind, i),
             fmt::format("a {} server with better encryption follows", to_string(servers[i].type)));
    }
  }

  const Settings& settings_;
  std::vector<Diagnostic> found_;
};

}  // namespace

std::vector<Diagnostic> lint(const Settings& settings) { return Linter(settings).run(); }

}  // namespace mailconf
