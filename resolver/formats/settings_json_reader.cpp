#include <algorithm>
#include <fmt/core.h>

#include "formats/json.h"
#include "formats/oddities.h"
#include "mailconf/formats.h"
#include "model/host.h"
#include "model/placeholders.h"
#include "model/text.h"
#include "model/url.h"

namespace mailconf {
namespace {

using json::array;
using json::name_of;
using json::object;
using json::text_of;
using json::value;

const value* member(const object& from, std::string_view name) { return from.if_contains(name); }

const array& array_of(const object& from, std::string_view name) {
  static const array none;
  const auto* const found = member(from, name);
  return found != nullptr && found->is_array() ? found->get_array() : none;
}

class SettingsReader {
 public:
  Result<ReadSettings> read(const object& root) && {
    read_provider(root);
    settings_.incoming = read_bodies<Server>(root, "incoming", &SettingsReader::read_incoming);
    settings_.outgoing = read_bodies<Server>(root, "outgoing", &SettingsReader::read_outgoing);
    settings_.services = read_bodies<Service>(root, "service", &SettingsReader::read_service);
    if (settings_.incoming.empty()) {
      const auto reasons = oddities_.reasons("incoming[");
      return fail(ErrorCode::bad_document, "incoming",
                  "no usable server" + (reasons.empty() ? "" : " (" + reasons + ")"));
    }
    read_oauth2(root);
    read_pages(root);
    return ReadSettings{std::move(settings_), oddities_.diagnostics()};
  }

 private:
  bool drop(Oddity oddity, const std::string& place, std::string_view detail) {
    oddities_.add(oddity, place, detail);
    return false;
  }

  void read_provider(const object& root) {
    auto& provider = settings_.provider;
    provider.domains = read_domains(root, "domains");
    provider.mx_domains = read_domains(root, "mxDomains");
    const auto id = normalise_host(text_of(root, "id"));
    if (!id) oddities_.add(Oddity::bad_id, "id", text_of(root, "id"));
    provider.id = id.value_or("");
    provider.display_name = name_of(root, "displayName");
    provider.display_short_name = name_of(root, "displayShortName");
  }

  std::vector<DomainName> read_domains(const object& root, std::string_view name) {
    std::vector<DomainName> result;
    for (const auto& element : array_of(root, name)) {
      const std::string_view text = element.is_string() ? std::string_view(element.get_string()) : "";
      auto domain = DomainName::parse(text);
      if (domain) {
        result.push_back(*std::move(domain));
      } else {
        oddities_.add(Oddity::bad_domain, std::string(name), text);
      }
    }
    return result;
  }

  template <class Body>
  using BodyReader = bool (SettingsReader::*)(Body&, const object&, const std::string&);

  template <class Body>
  std::vector<Body> read_bodies(const object& root, std::string_view name, BodyReader<Body> read_body) {
    std::vector<Body> result;
    const auto& elements = array_of(root, name);
    for (std::size_t i = 0; i < elements.size(); ++i) {
      const auto place = fmt::format("{}[{}]", name, i);
      Body body;
      const auto* const members = elements[i].if_object();
      if (members == nullptr) {
        drop(Oddity::missing_value, place, "the object");
      } else if ((this->*read_body)(body, *members, place)) {
        result.push_back(std::move(body));
      }
    }
    return result;
  }

  bool read_incoming(Server& server, const object& from, const std::string& place) {
    const auto type = parse_server_type(text_of(from, "type"));
    if (!type || *type == ServerType::smtp)
      return drop(Oddity::unknown_server_type, place + ".type", text_of(from, "type"));
    server.type = *type;
    const bool reachable = is_tcp(*type) ? read_tcp(server, from, place) : read_url(server, from, place, {"https"});
    return reachable && read_login(server, from, place) &&
           (!server.authentication.empty() || drop(Oddity::no_usable_authentication, place, ""));
  }

  bool read_outgoing(Server& server, const object& from, const std::string& place) {
    server.type = ServerType::smtp;
    if (parse_server_type(text_of(from, "type")) != ServerType::smtp)
      return drop(Oddity::unknown_server_type, place + ".type", text_of(from, "type"));
    return read_tcp(server, from, place) && read_login(server, from, place) &&
           (!server.authentication.empty() || drop(Oddity::no_usable_authentication, place, ""));
  }

  bool read_service(Service& service, const object& from, const std::string& place) {
    const auto type = parse_service_type(text_of(from, "type"));
    if (!type) return drop(Oddity::unknown_service_type, place + ".type", text_of(from, "type"));
    service.type = *type;
    const bool reachable = member(from, "url") != nullptr ? read_url(service, from, place, {"https", "wss"})
                                                          : read_tcp(service, from, place);
    return reachable && read_login(service, from, place);
  }

  template <class Body>
  bool read_tcp(Body& body, const object& from, const std::string& place) {
    auto host = parse_host_template(text_of(from, "hostname"));
    if (!host) return drop(Oddity::bad_hostname, place + ".hostname", text_of(from, "hostname"));
    body.hostname = *std::move(host);
    const auto* const port = member(from, "port");
    const auto number = port != nullptr && port->is_int64() ? port->get_int64() : 0;
    if (number < 1 || number > 65535) return drop(Oddity::bad_port, place + ".port", std::to_string(number));
    body.port = static_cast<std::uint16_t>(number);
    const auto socket_type = parse_socket_type(text_of(from, "socketType"));
    if (!socket_type) return drop(Oddity::no_known_socket_type, place + ".socketType", "");
    body.socket_type = *socket_type;
    return true;
  }

  template <class Body>
  bool read_url(Body& body, const object& from, const std::string& place,
                std::initializer_list<std::string_view> schemes) {
    auto url = parse_url_template(text_of(from, "url"), schemes);
    if (!url) return drop(Oddity::bad_url, place + ".url", url.error().message);
    body.url = *std::move(url);
    return true;
  }

  template <class Body>
  bool read_login(Body& body, const object& from, const std::string& place) {
    for (const auto& element : array_of(from, "authentication")) {
      const std::string_view text = element.is_string() ? std::string_view(element.get_string()) : "";
      const auto known = parse_authentication(text);
      if (!known) {
        oddities_.add(Oddity::unknown_authentication, place + ".authentication", text);
      } else if (std::ranges::find(body.authentication, *known) == body.authentication.end()) {
        body.authentication.push_back(*known);
      }
    }
    body.username = text_of(from, "username");
    return printable(body.username, body.username.size()) == body.username ||
           drop(Oddity::bad_username, place + ".username", body.username);
  }

  void read_oauth2(const object& root) {
    const auto* const found = member(root, "oauth2");
    if (found == nullptr || !found->is_object()) return;
    const auto& from = found->get_object();
    OAuth2 oauth2{.issuer = text_of(from, "issuer"),
                  .auth_url = read_page_url(from, "oauth2", "authURL", {"https"}),
                  .token_url = read_page_url(from, "oauth2", "tokenURL", {"https"}),
                  .scope = text_of(from, "scope"),
                  .client_id = text_of(from, "clientID")};
    if (oauth2 != OAuth2{}) settings_.oauth2 = std::move(oauth2);
  }

  void read_pages(const object& root) {
    for (const auto& element : array_of(root, "documentation")) {
      if (!element.is_object()) continue;
      auto url = read_page_url(element.get_object(), "documentation", "url", {"https", "http"});
      if (!url.empty())
        settings_.documentation.push_back({std::move(url), read_descriptions(element.get_object(), "descriptions")});
    }
    for (const auto& element : array_of(root, "enable")) {
      if (!element.is_object()) continue;
      auto url = read_page_url(element.get_object(), "enable", "url", {"https", "http"});
      if (!url.empty())
        settings_.enable.push_back({std::move(url), read_descriptions(element.get_object(), "instructions")});
    }
    settings_.webmail_url = read_page_url(root, "", "webmail", {"https"});
  }

  std::string read_page_url(const object& from, const std::string& place, std::string_view name,
                            std::initializer_list<std::string_view> schemes) {
    const auto text = text_of(from, name);
    if (text.empty()) return {};
    auto url = parse_url_template(text, schemes);
    if (url) return *std::move(url);
    oddities_.add(Oddity::bad_page_url, place.empty() ? std::string(name) : fmt::format("{}.{}", place, name),
                  url.error().message);
    return {};
  }

  static std::vector<Documentation::Description> read_descriptions(const object& from, std::string_view name) {
    std::vector<Documentation::Description> result;
    for (const auto& element : array_of(from, name)) {
      if (element.is_object())
        result.push_back({text_of(element.get_object(), "lang"), text_of(element.get_object(), "text")});
    }
    return result;
  }

  Settings settings_;
  Oddities oddities_;
};

}  // namespace

Result<ReadSettings> read_settings_json(std::string_view text) {
  const auto document = json::parse_object(text);
  if (!document) return tl::unexpected(document.error());
  return SettingsReader().read(*document);
}

}  // namespace mailconf
