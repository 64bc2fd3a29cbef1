// What strict clients refuse. Thunderbird drops a file without id, domain, a usable server for reading and one for
// sending; K-9 drops a whole file for one server that it does not understand. Both take the first server of a kind.
#include <algorithm>
#include <array>
#include <fmt/core.h>

#include "mailconf/settings.h"
#include "model/host.h"
#include "model/lint_rules.h"
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

// How tools that fill in files mark a gap.
constexpr std::string_view gap_marks[] = {"{{", "}}", "{%", "${", "<?", "<%", "[%", "@@"};

// A path in percent signs, as a hosting panel has it: "%server/imap/socket/%".
bool has_path_of_panel(std::string_view text) {
  constexpr std::size_t shortest_word = 3;  // "%ab/" may be an octet of a URL
  constexpr auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  for (auto begin = text.find('%'); begin != text.npos; begin = text.find('%', begin + 1)) {
    const auto path = text.substr(begin + 1, text.find('%', begin + 1) - begin - 1);
    const auto word = path.substr(0, path.find('/'));
    const bool closed = begin + 1 + path.size() < text.size();
    if (closed && word.size() < path.size() && word.size() >= shortest_word && std::ranges::all_of(word, is_letter))
      return true;
  }
  return false;
}

bool has_gap(std::string_view text) {
  return has_path_of_panel(text) ||
         std::ranges::any_of(gap_marks, [&](std::string_view mark) { return text.find(mark) != text.npos; });
}

constexpr std::uint16_t relay_port = 25;

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
    check_servers(settings_.incoming, "incoming", rule("missing-incoming"));
    check_servers(settings_.outgoing, "outgoing", rule("missing-outgoing"));
    check_order();
    check_oauth2();
    for (std::size_t i = 0; i < settings_.services.size(); ++i)
      check_service(settings_.services[i], fmt::format("service[{}]", i));
    return std::move(found_);
  }

 private:
  template <class... Details>
  void expect(bool holds, const LintRule* broken, std::string place, const Details&... details) {
    if (holds) return;
    found_.push_back(
        {std::string(broken->code), std::move(place), fmt::format(fmt::runtime(broken->sentence), details...)});
  }

  // Of a text that people or servers are shown.
  void check_filled_in(const std::string& text, const std::string& place) {
    expect(!has_gap(text), rule("template-text"), place, printable(text, 80));
  }

  void check_provider() {
    const auto& provider = settings_.provider;
    const auto id = normalise_host(provider.id);
    expect(id.has_value(), rule("bad-id"), "id");
    expect(!provider.domains.empty(), rule("missing-domain"), "domains");
    expect(!provider.display_name.empty(), rule("missing-display-name"), "displayName");
    expect(count_characters(provider.display_name) <= longest_display_name, rule("long-display-name"), "displayName");
    expect(count_characters(provider.display_short_name) <= longest_display_short_name, rule("long-display-short-name"),
           "displayShortName");
    check_filled_in(provider.display_name, "displayName");
    check_filled_in(provider.display_short_name, "displayShortName");
  }

  void check_servers(const std::vector<Server>& servers, const std::string& kind, const LintRule* missing) {
    expect(!servers.empty(), missing, kind);
    for (std::size_t i = 0; i < servers.size(); ++i) {
      const auto place = fmt::format("{}[{}]", kind, i);
      const bool sends = servers[i].type == ServerType::smtp;
      expect(sends == (kind == "outgoing"), rule("wrong-list"), place + ".type", to_string(servers[i].type));
      check_username(servers[i], place + ".username");
      is_tcp(servers[i].type) ? check_tcp(servers[i], place) : check_url(servers[i].url, place + ".url");
    }
  }

  void check_username(const Server& server, const std::string& place) {
    const auto& name = server.username;
    expect(!name.empty(), rule("missing-username"), place);
    check_filled_in(name, place);
    expect(name.empty() || has_gap(name) || has_placeholder(name), rule("fixed-username"), place, printable(name, 80));
  }

  void check_tcp(const Server& server, const std::string& place) {
    check_socket(server, place);
    expect(server.type != ServerType::smtp || server.port != relay_port, rule("relay-port"), place + ".port");
    expect(!server.authentication.empty(), rule("missing-authentication"), place + ".authentication");
    const auto known = [](Authentication a) { return std::ranges::find(known_to_all, a) != known_to_all.end(); };
    const bool usable = server.authentication.empty() || std::ranges::any_of(server.authentication, known);
    expect(usable, rule("rare-authentication"), place + ".authentication");
  }

  // For whatever has a host, a port and a way of encryption.
  template <class Body>
  void check_socket(const Body& body, const std::string& place) {
    expect(parse_host_template(body.hostname).has_value(), rule("bad-hostname"), place + ".hostname",
           printable(body.hostname, 80));
    expect(body.port != 0, rule("bad-port"), place + ".port");
    expect(body.socket_type != SocketType::plain, rule("plain-socket"), place + ".socketType");
    const auto* const usual = std::ranges::find(usual_sockets, body.port, &UsualSocket::port);
    const bool unusual = usual != std::end(usual_sockets) && body.socket_type != SocketType::plain &&
                         usual->socket_type != body.socket_type;
    expect(!unusual, rule("unusual-socket"), place + ".socketType", body.port,
           to_string(unusual ? usual->socket_type : body.socket_type));
  }

  void check_url(const std::string& url, const std::string& place) {
    const auto parsed = parse_url_template(url, {"https", "wss"});
    expect(parsed.has_value(), rule("bad-url"), place, parsed ? "" : parsed.error().message);
    check_filled_in(url, place);
  }

  void check_service(const Service& service, const std::string& place) {
    service.url.empty() ? check_socket(service, place) : check_url(service.url, place + ".url");
  }

  // Clients take the first: IMAP before POP3 (RFC 6186 §3.4 leaves it to the client), TLS before STARTTLS (RFC 8314
  // §3).
  void check_order() {
    const auto& incoming = settings_.incoming;
    const auto first_of = [&](ServerType type) { return std::ranges::find(incoming, type, &Server::type); };
    const auto imap = first_of(ServerType::imap);
    const auto pop3 = first_of(ServerType::pop3);
    expect(imap == incoming.end() || imap < pop3, rule("pop3-first"), "incoming");
    const bool nothing_but_pop3 =
        std::ranges::all_of(incoming, [](const Server& server) { return server.type == ServerType::pop3; });
    expect(incoming.empty() || !nothing_but_pop3, rule("pop3-only"), "incoming");
    check_encryption_order(settings_.incoming, "incoming");
    check_encryption_order(settings_.outgoing, "outgoing");
  }

  void check_encryption_order(const std::vector<Server>& servers, const std::string& kind) {
    for (std::size_t i = 0; i + 1 < servers.size(); ++i) {
      const auto better =
          std::find_if(servers.begin() + static_cast<std::ptrdiff_t>(i) + 1, servers.end(), [&](const Server& later) {
            return later.type == servers[i].type && is_tcp(later.type) && later.socket_type < servers[i].socket_type;
          });
      expect(better == servers.end(), rule("weaker-first"), fmt::format("{}[{}]", kind, i), to_string(servers[i].type));
    }
  }

  // Clients know a few large issuers by their hosts; all others must be told.
  void check_oauth2() {
    if (settings_.oauth2 && !settings_.oauth2->issuer.empty()) return;
    const auto names_it = [](const Server& server) {
      return std::ranges::find(server.authentication, Authentication::oauth2) != server.authentication.end();
    };
    const bool named =
        std::ranges::any_of(settings_.incoming, names_it) || std::ranges::any_of(settings_.outgoing, names_it);
    expect(!named, rule("missing-oauth2"), "oauth2");
  }

  const Settings& settings_;
  std::vector<Diagnostic> found_;
};

}  // namespace

std::vector<Diagnostic> lint(const Settings& settings) { return Linter(settings).run(); }

std::span<const LintRule> lint_rules() { return lint_table; }

}  // namespace mailconf
