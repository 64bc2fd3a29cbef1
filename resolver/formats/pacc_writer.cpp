#include <algorithm>
#include <array>

#include "formats/json.h"
#include "formats/pacc_protocols.h"
#include "mailconf/publishing.h"
#include "model/placeholders.h"
#include "model/text.h"
#include "model/url.h"

namespace mailconf {
namespace {

using json::object;
using json::text;

constexpr std::size_t longest_name = 60;
constexpr std::size_t longest_short_name = 20;

// One way in for all: every server takes a password, or every one takes tokens.
enum class Way { password, tokens };

bool takes(const std::vector<Authentication>& offered, Way way) {
  const auto is_of_the_way = [&](Authentication value) {
    if (way == Way::tokens) return value == Authentication::oauth2;
    return value == Authentication::password_cleartext || value == Authentication::password_encrypted ||
           value == Authentication::http_basic || value == Authentication::http_digest;
  };
  return std::ranges::any_of(offered, is_of_the_way);
}

class PaccWriter {
 public:
  PaccWriter(const Settings& settings, Way way) : settings_(settings), way_(way) {}

  std::optional<std::string> write() && {
    object protocols;
    for (const auto& protocol : pacc::incoming_protocols) put_server(protocols, protocol, settings_.incoming);
    for (const auto& protocol : pacc::outgoing_protocols) put_server(protocols, protocol, settings_.outgoing);
    const bool readable = put_jmap(protocols) || protocols.contains("imap") || protocols.contains("pop3");
    if (!readable) return std::nullopt;
    for (const auto type : pacc::web_services) put_service(protocols, type);
    auto authentication = sign_in();
    if (way_ == Way::tokens && !authentication.contains("oauth-public")) return std::nullopt;
    return json::serialize(
        object{{"protocols", std::move(protocols)}, {"authentication", std::move(authentication)}, {"info", info()}},
        false);
  }

 private:
  // What the user typed is what every protocol is signed in with.
  template <class Body>
  [[nodiscard]] bool is_told(const Body& body) const {
    const std::string domain = settings_.provider.domains.empty() ? "" : settings_.provider.domains.front().ascii();
    const auto name = replace_placeholders(body.username, {"somebody", domain});
    const bool by_address = body.username.empty() || name == "somebody@" + domain;
    return by_address && (body.authentication.empty() || takes(body.authentication, way_));
  }

  void note_tokens(const std::vector<Authentication>& offered) {
    all_take_tokens_ = all_take_tokens_ && (offered.empty() || takes(offered, Way::tokens));
  }

  void put_server(object& protocols, const pacc::MailProtocol& protocol, const std::vector<Server>& servers) {
    const auto found = std::ranges::find_if(servers, [&](const Server& server) {
      return server.type == protocol.type && server.port == protocol.port && server.socket_type == SocketType::ssl &&
             DomainName::parse(server.hostname) && is_told(server);
    });
    if (found == servers.end()) return;
    protocols[protocol.key] = object{{"host", text(found->hostname)}};
    note_tokens(found->authentication);
  }

  // https at its usual port, and for DAV with the path of the service.
  static bool is_usable(const std::string& text, bool needs_path) {
    if (has_placeholder(text)) return false;
    const auto url = Url::parse(text);
    return url && url->https && url->port == 443 && (!needs_path || url->path != "/");
  }

  bool put_jmap(object& protocols) {
    const auto& servers = settings_.incoming;
    const auto found = std::ranges::find_if(servers, [&](const Server& server) {
      return server.type == ServerType::jmap && is_usable(server.url, false) && is_told(server);
    });
    if (found == servers.end()) return false;
    protocols["jmap"] = object{{"url", text(found->url)}};
    note_tokens(found->authentication);
    return true;
  }

  void put_service(object& protocols, ServiceType type) {
    const auto& services = settings_.services;
    const auto found = std::ranges::find_if(services, [&](const Service& service) {
      return service.type == type && is_usable(service.url, true) && is_told(service);
    });
    if (found == services.end()) return;
    protocols[to_string(type)] = object{{"url", text(found->url)}};
    note_tokens(found->authentication);
  }

  [[nodiscard]] object sign_in() const {
    object result;
    if (const auto issuer = issuer_url(); all_take_tokens_ && !issuer.empty())
      result["oauth-public"] = object{{"issuer", text(issuer)}};
    result["password"] = way_ == Way::password;
    return result;
  }

  // Autoconfig has a host name there, where an address is meant. No query and no fragment (RFC 8414 §2).
  [[nodiscard]] std::string issuer_url() const {
    if (!settings_.oauth2) return "";
    const auto& issuer = settings_.oauth2->issuer;
    auto url = issuer.find("://") == issuer.npos ? "https://" + issuer : issuer;
    const auto parsed = Url::parse(url);
    return parsed && parsed->https && url.find_first_of("?#") == url.npos ? url : "";
  }

  [[nodiscard]] object info() const {
    const auto& from = settings_.provider;
    const bool named = !from.display_name.empty() && count_characters(from.display_name) <= longest_name;
    object provider{{"name", text(named ? from.display_name : from.id)}};
    if (!from.display_short_name.empty() && count_characters(from.display_short_name) <= longest_short_name)
      provider["shortName"] = text(from.display_short_name);
    object result{{"provider", std::move(provider)}};
    const auto& pages = settings_.documentation;
    if (!pages.empty() && is_usable(pages.front().url, false))
      result["help"] = object{{"documentation", text(pages.front().url)}};
    return result;
  }

  const Settings& settings_;
  const Way way_;
  bool all_take_tokens_ = true;
};

}  // namespace

std::optional<std::string> write_pacc_json(const Settings& settings) {
  if (auto document = PaccWriter(settings, Way::password).write()) return document;
  return PaccWriter(settings, Way::tokens).write();
}

}  // namespace mailconf
