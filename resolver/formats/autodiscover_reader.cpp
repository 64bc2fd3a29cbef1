#include <algorithm>
#include <array>
#include <fmt/core.h>

#include "formats/autodiscover_protocols.h"
#include "formats/oddities.h"
#include "formats/xml.h"
#include "mailconf/formats.h"
#include "model/host.h"
#include "model/text.h"
#include "model/url.h"

namespace mailconf {
namespace {

using xml::Element;

// Microsoft's names for what HTTP and its own protocols call otherwise.
Authentication exchange_sign_in(std::string_view package) {
  if (equal_ignoring_case(package, "ntlm")) return Authentication::ntlm;
  for (const std::string_view name : {"kerb", "kerbntlm", "negotiate", "nego2"}) {
    if (equal_ignoring_case(package, name)) return Authentication::gssapi;
  }
  return Authentication::http_basic;
}

// "yes" stands in 668 of a million domains (NDSS 2025) where the format wants "on".
std::optional<bool> switch_of(std::string_view text) {
  for (const std::string_view word : {"on", "yes", "true", "1"}) {
    if (equal_ignoring_case(text, word)) return true;
  }
  for (const std::string_view word : {"off", "no", "false", "0"}) {
    if (equal_ignoring_case(text, word)) return false;
  }
  return std::nullopt;
}

std::string leaf(const Element& parent, std::string_view name) {
  const auto element = parent.child(name);
  return element ? element->text() : std::string();
}

// Ports where encryption begins with an upgrade, whatever a file calls it: "TLS" means STARTTLS to Outlook and TLS from
// the first octet to several servers.
bool is_upgrade_port(std::uint16_t port) { return port == 143 || port == 110 || port == 25 || port == 587; }

class AutodiscoverReader {
 public:
  explicit AutodiscoverReader(const DomainName& domain) : domain_(domain) {}

  Result<AutodiscoverAnswer> read(const Element& root) && {
    if (!root.is("Autodiscover"))
      return unusable(root, fmt::format("the root element is {}, not Autodiscover", printable(root.name(), 40)));
    const auto response = root.child("Response");
    if (!response) return unusable(root, "there is no Response element");
    const auto account = response->child("Account");
    for (const auto& parent : {account, response}) {
      const auto error = parent ? parent->child("Error") : std::nullopt;
      if (error) return refused(*error);
    }
    if (!account) return unusable(*response, "there is no Account element");
    const std::string action = leaf(*account, "Action");
    if (equal_ignoring_case(action, "redirectUrl")) return redirected_to(leaf(*account, "RedirectUrl"), "");
    if (equal_ignoring_case(action, "redirectAddr")) return redirected_to("", leaf(*account, "RedirectAddr"));
    return read_account(*account);
  }

 private:
  static tl::unexpected<Error> unusable(const Element& where, std::string why) {
    return fail(ErrorCode::bad_document, fmt::format("line {}", where.line()), std::move(why));
  }

  static Result<AutodiscoverAnswer> refused(const Element& error) {
    AutodiscoverAnswer answer;
    answer.error = parse_integer<int>(leaf(error, "ErrorCode")).value_or(600);
    return answer;
  }

  static Result<AutodiscoverAnswer> redirected_to(std::string url, std::string address) {
    AutodiscoverAnswer answer;
    answer.redirect_url = std::move(url);
    answer.redirect_address = std::move(address);
    return answer;
  }

  Result<AutodiscoverAnswer> read_account(const Element& account) {
    settings_.provider.id = domain_.ascii();
    settings_.provider.display_name = domain_.unicode();  // what the answer calls "DisplayName" is a person
    settings_.provider.domains = {domain_};
    for (const auto& protocol : account.children("Protocol")) read_protocol(protocol);
    read_exchange(account);
    if (settings_.incoming.empty() && settings_.outgoing.empty() && settings_.services.empty()) {
      const auto reasons = oddities_.reasons("Protocol");
      return unusable(account, "no usable server" + (reasons.empty() ? "" : " (" + reasons + ")"));
    }
    AutodiscoverAnswer answer;
    answer.document = ReadSettings{std::move(settings_), oddities_.diagnostics()};
    return answer;
  }

  // New servers name the type in an attribute.
  static std::string type_of(const Element& protocol) {
    const auto type = leaf(protocol, "Type");
    return type.empty() ? protocol.attribute("Type").value_or("") : type;
  }

  void read_protocol(const Element& protocol) {
    const auto type = type_of(protocol);
    for (const auto& known : autodiscover::mail_protocols) {
      if (!equal_ignoring_case(type, known.name)) continue;
      auto server = read_server(protocol, known);
      auto& into = known.type == ServerType::smtp ? settings_.outgoing : settings_.incoming;
      if (server) into.push_back(*std::move(server));
    }
    for (const auto& known : autodiscover::web_protocols) {
      if (equal_ignoring_case(type, known.name)) read_service(protocol, known.type);
    }
  }

  bool drop(Oddity oddity, const Element& where, std::string_view detail) {
    note(oddity, where, detail);
    return false;
  }

  void note(Oddity oddity, const Element& where, std::string_view detail) {
    oddities_.add(oddity, fmt::format("line {}, Protocol {}", where.line(), printable(type_of(where), 16)), detail);
  }

  std::optional<Server> read_server(const Element& protocol, const autodiscover::MailProtocol& known) {
    Server server;
    server.type = known.type;
    const auto host = normalise_host(leaf(protocol, "Server"));
    if (!host) return drop(Oddity::bad_hostname, protocol, leaf(protocol, "Server")), std::nullopt;
    server.hostname = *host;
    if (!read_port(protocol, known, server.port)) return std::nullopt;
    server.socket_type = read_socket_type(protocol, server.port);
    if (server.socket_type == SocketType::plain) note(Oddity::plain_socket, protocol, "");
    server.authentication = read_sign_in(protocol, known.type);
    const auto login = leaf(protocol, "LoginName");
    if (printable(login, login.size()) != login) return drop(Oddity::bad_username, protocol, login), std::nullopt;
    server.username = login.empty() ? "%EMAILADDRESS%" : login;
    return server;
  }

  bool read_port(const Element& protocol, const autodiscover::MailProtocol& known, std::uint16_t& port) {
    const auto text = leaf(protocol, "Port");
    if (text.empty()) {
      const auto encryption = leaf(protocol, "Encryption");
      const bool upgrade = equal_ignoring_case(encryption, "TLS") || equal_ignoring_case(encryption, "None");
      port = upgrade ? known.clear_port : known.tls_port;
      return true;
    }
    const auto number = parse_port(text);
    if (!number) return drop(Oddity::bad_port, protocol, text);
    port = *number;
    return true;
  }

  // Encryption, when it is there, overrides SSL, which is on unless it says otherwise. A word that means nothing never
  // leads to an unencrypted connection.
  SocketType read_socket_type(const Element& protocol, std::uint16_t port) {
    const auto encryption = leaf(protocol, "Encryption");
    bool in_clear = equal_ignoring_case(encryption, "None");
    const bool known = in_clear || equal_ignoring_case(encryption, "SSL") || equal_ignoring_case(encryption, "TLS") ||
                       equal_ignoring_case(encryption, "Auto");
    if (!encryption.empty() && !known) note(Oddity::unknown_socket_type, protocol, encryption);
    const auto ssl = protocol.child("SSL");
    if (encryption.empty() && ssl) {
      const auto on = switch_of(ssl->text());
      if (!on) note(Oddity::unknown_socket_type, protocol, ssl->text());
      in_clear = !on.value_or(true);
    }
    if (in_clear) return SocketType::plain;
    return is_upgrade_port(port) ? SocketType::starttls : SocketType::ssl;
  }

  // "Secure password authentication" is on by default in the format, and off at nearly all who leave it out.
  static std::vector<Authentication> read_sign_in(const Element& protocol, ServerType type) {
    if (switch_of(leaf(protocol, "SPA")).value_or(false)) return {Authentication::ntlm, Authentication::gssapi};
    const bool needed = switch_of(leaf(protocol, "AuthRequired")).value_or(true);
    if (type == ServerType::smtp && !needed) return {Authentication::none};
    return {Authentication::password_cleartext};
  }

  void read_service(const Element& protocol, ServiceType type) {
    auto url = parse_document_url(leaf(protocol, "Server"), {"https"});
    if (!url) return note(Oddity::bad_url, protocol, url.error().message);
    const auto login = leaf(protocol, "LoginName");
    settings_.services.push_back({type,
                                  *std::move(url),
                                  "",
                                  0,
                                  SocketType::ssl,
                                  {Authentication::http_basic},
                                  login.empty() ? "%EMAILADDRESS%" : login});
  }

  // Exchange stands behind the standard protocols: one entry for its web services, one for its web page.
  void read_exchange(const Element& account) {
    std::string mail;
    std::string page;
    Authentication sign_in = Authentication::http_basic;
    for (const auto& protocol : account.children("Protocol")) {
      const auto type = type_of(protocol);
      for (const std::string_view name : {"EXCH", "EXPR", "EXHTTP"}) {
        if (!equal_ignoring_case(type, name) || !mail.empty()) continue;
        mail = url_in(protocol, "EwsUrl");
        if (mail.empty()) mail = url_in(protocol, "ASUrl");
        sign_in = exchange_sign_in(leaf(protocol, "AuthPackage"));
      }
      for (const std::string_view where : {"External", "Internal"}) {
        const auto place = equal_ignoring_case(type, "WEB") ? protocol.child(where) : std::nullopt;
        if (place && page.empty()) page = url_in(*place, "OWAUrl");
      }
    }
    add_exchange(ServerType::ews, mail, sign_in);
    add_exchange(ServerType::owa, page, Authentication::http_basic);
  }

  // Empty when there is none, or none over https.
  static std::string url_in(const Element& parent, std::string_view name) {
    return parse_document_url(leaf(parent, name), {"https"}).value_or("");
  }

  void add_exchange(ServerType type, const std::string& url, Authentication sign_in) {
    if (url.empty()) return;
    settings_.incoming.push_back({type, "", 0, SocketType::ssl, {sign_in}, "%EMAILADDRESS%", url});
  }

  const DomainName& domain_;
  Settings settings_;
  Oddities oddities_;
};

}  // namespace

Result<AutodiscoverAnswer> read_autodiscover_xml(std::string_view bytes, const DomainName& domain) {
  const auto document = xml::Document::parse(bytes);
  if (!document) return tl::unexpected(document.error());
  return AutodiscoverReader(domain).read(document->root());
}

}  // namespace mailconf
