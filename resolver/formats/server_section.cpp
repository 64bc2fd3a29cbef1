#include "formats/server_section.h"

#include <algorithm>
#include <fmt/core.h>

#include "model/placeholders.h"
#include "model/sasl.h"
#include "model/text.h"

namespace mailconf {
namespace {

enum class Direction { incoming, outgoing };
enum class Need { required, optional };

// The elements that hold the URL of a server, best first: version 1.2, version 1.1, Exchange in version 1.1.
constexpr std::string_view url_elements[] = {"url", "serverURL", "ewsURL", "easURL", "owaURL"};

bool is_for_http(Authentication value) {
  return value == Authentication::http_basic || value == Authentication::http_digest;
}

// Names of version 1.1 that clients for mobile phones do not know.
bool is_old_name(std::string_view text) {
  return equal_ignoring_case(text, "plain") || equal_ignoring_case(text, "secure");
}

// The attribute `system` says whose name the value is (draft §4.2.5). "Bearer" is no HTTP name here: OAuth2 is.
std::optional<Authentication> authentication_named(std::string_view text, std::string_view system) {
  if (equal_ignoring_case(system, "http")) {
    if (equal_ignoring_case(text, "Basic")) return Authentication::http_basic;
    if (equal_ignoring_case(text, "Digest")) return Authentication::http_digest;
    return std::nullopt;
  }
  if (equal_ignoring_case(system, "sasl")) return authentication_of_mechanism(text);
  if (!system.empty()) return std::nullopt;
  const auto value = parse_authentication(text);
  return value ? value : authentication_of_mechanism(text);
}

class SectionReader {
 public:
  SectionReader(const Section& section, Oddities& oddities) : section_(section), oddities_(oddities) {}

  bool drop(Oddity oddity, std::string_view detail = {}) {
    note(oddity, detail);
    return false;
  }

  // Text values that may be given once; the first counts. A placeholder without its end is mended.
  std::optional<std::string> value(std::string_view name) {
    const auto elements = section_.element.children(name);
    if (elements.empty()) return std::nullopt;
    if (elements.size() > 1) note(Oddity::repeated_element, name);
    note_letter_case(elements.front(), name);
    auto text = elements.front().text();
    if (text.empty()) return std::nullopt;
    const auto mended = close_placeholder(text);
    if (mended) note(Oddity::unclosed_placeholder, text);
    return mended ? mended : text;
  }

  // `body` is a Server or a Service.
  template <class Body>
  bool read_tcp(Body& body, Direction direction, Need login) {
    if (!read_hostname(body.hostname) || !read_port(body.port) || !read_socket_type(body.socket_type)) return false;
    const auto for_tcp = [](Authentication value) { return !is_for_http(value); };
    if (!read_authentication(body.authentication, direction, login, for_tcp)) return false;
    const bool nameless = std::ranges::none_of(body.authentication, is_login);
    return read_username(body.username, nameless ? Need::optional : login);
  }

  template <class Body>
  bool read_url(Body& body, std::initializer_list<std::string_view> schemes, Need login) {
    const auto text = first_url();
    if (!text) return drop(Oddity::missing_value, "url");
    auto url = parse_url_template(*text, schemes);
    if (!url) return drop(Oddity::bad_url, url.error().message);
    body.url = *std::move(url);
    const auto for_all = [](Authentication) { return true; };
    return read_authentication(body.authentication, Direction::incoming, login, for_all) &&
           read_username(body.username, Need::optional);
  }

  std::optional<std::string> first_url() {
    for (const auto name : url_elements) {
      if (auto text = value(name)) return text;
    }
    return std::nullopt;
  }

 private:
  void note(Oddity oddity, std::string_view detail = {}) { oddities_.add(oddity, section_.place(), detail); }

  void note_letter_case(const xml::Element& element, std::string_view name) {
    if (element.name() != name) note(Oddity::letter_case, name);
  }

  bool read_hostname(std::string& hostname) {
    const auto text = value("hostname");
    if (!text) return drop(Oddity::missing_value, "hostname");
    auto host = parse_host_template(*text);
    if (!host) return drop(Oddity::bad_hostname, *text);
    hostname = *std::move(host);
    return true;
  }

  bool read_port(std::uint16_t& port) {
    const auto text = value("port");
    if (!text) return drop(Oddity::missing_value, "port");
    const auto number = parse_port(*text);
    if (!number) return drop(Oddity::bad_port, *text);
    port = *number;
    return true;
  }

  // May be repeated in version 1.1: the first known one. An unknown one never becomes "plain".
  bool read_socket_type(SocketType& socket_type) {
    const auto elements = section_.element.children("socketType");
    if (elements.empty()) return drop(Oddity::missing_value, "socketType");
    note_letter_case(elements.front(), "socketType");
    for (const auto& element : elements) {
      const auto text = element.text();
      const auto known = parse_socket_type(text);
      if (!known) {
        note(Oddity::unknown_socket_type, text);
        continue;
      }
      if (*known == SocketType::plain) note(Oddity::plain_socket);
      socket_type = *known;
      return true;
    }
    return drop(Oddity::no_known_socket_type);
  }

  template <class Allowed>
  bool read_authentication(std::vector<Authentication>& into, Direction direction, Need need, Allowed allowed) {
    for (const auto& element : section_.element.children("authentication")) {
      const auto text = element.text();
      if (text.empty()) continue;
      note_letter_case(element, "authentication");
      const auto system = element.attribute("system").value_or("");
      const auto known = authentication_named(text, system);
      if (!known || !allowed(*known)) {
        note(Oddity::unknown_authentication, text);
      } else if (direction == Direction::incoming && !is_login(*known)) {  // fit for sending within a network
        note(Oddity::login_required, text);
      } else if (std::ranges::find(into, *known) == into.end()) {
        into.push_back(*known);
      }
      if (system.empty() && is_old_name(text)) note(Oddity::deprecated_value, text);
    }
    return !into.empty() || need == Need::optional || drop(Oddity::no_usable_authentication);
  }

  bool read_username(std::string& username, Need need) {
    const auto text = value("username");
    if (!text && need == Need::required) return drop(Oddity::missing_value, "username");
    username = text.value_or("");
    return printable(username, username.size()) == username || drop(Oddity::bad_username, username);
  }

  const Section& section_;
  Oddities& oddities_;
};

enum class Form { url, tcp, either };
struct ServiceKind {
  std::string_view element;
  std::string_view type;
  ServiceType service;
  Form form;
};
constexpr ServiceKind service_kinds[] = {
    {"calendar", "caldav", ServiceType::caldav, Form::url},
    {"addressBook", "carddav", ServiceType::carddav, Form::url},
    {"fileShare", "webdav", ServiceType::webdav, Form::url},
    {"chatServer", "xmpp", ServiceType::xmpp, Form::either},
    {"chatServer", "xmpptcp", ServiceType::xmpp, Form::tcp},
    {"chatServer", "matrix", ServiceType::matrix, Form::url},
    {"setupServer", "managesieve", ServiceType::managesieve, Form::tcp},
};

}  // namespace

std::string place_of(const xml::Element& element, std::string_view label) {
  return fmt::format("line {}, {}", element.line(), label);
}

std::string Section::place() const { return place_of(element, label); }

std::optional<Server> read_incoming_server(const Section& section, Oddities& oddities) {
  SectionReader reader(section, oddities);
  const auto type_name = section.element.attribute("type").value_or("");
  const auto type = parse_server_type(type_name);
  if (!type || *type == ServerType::smtp) {
    reader.drop(Oddity::unknown_server_type, type_name);
    return std::nullopt;
  }
  Server server;
  server.type = *type;
  const bool usable = is_tcp(*type) ? reader.read_tcp(server, Direction::incoming, Need::required)
                                    : reader.read_url(server, {"https"}, Need::required);
  return usable ? std::optional(server) : std::nullopt;
}

std::optional<Server> read_outgoing_server(const Section& section, Oddities& oddities) {
  SectionReader reader(section, oddities);
  const auto type_name = section.element.attribute("type").value_or("");
  if (parse_server_type(type_name) != ServerType::smtp) {
    reader.drop(Oddity::unknown_server_type, type_name);
    return std::nullopt;
  }
  Server server;
  server.type = ServerType::smtp;
  const bool usable = reader.read_tcp(server, Direction::outgoing, Need::required);
  return usable ? std::optional(server) : std::nullopt;
}

bool is_service_element(const xml::Element& element) {
  return std::ranges::any_of(service_kinds, [&](const ServiceKind& kind) { return element.is(kind.element); });
}

std::optional<Service> read_service(const Section& section, Oddities& oddities) {
  SectionReader reader(section, oddities);
  const auto type_name = section.element.attribute("type").value_or("");
  const auto* const kind = std::ranges::find_if(service_kinds, [&](const ServiceKind& candidate) {
    return section.element.is(candidate.element) && equal_ignoring_case(candidate.type, type_name);
  });
  if (kind == std::end(service_kinds)) {
    reader.drop(Oddity::unknown_service_type, type_name);
    return std::nullopt;
  }
  Service service;
  service.type = kind->service;
  const bool tcp = kind->form == Form::tcp || (kind->form == Form::either && !reader.first_url());
  const bool usable = tcp ? reader.read_tcp(service, Direction::incoming, Need::optional)
                          : reader.read_url(service, {"https", "wss"}, Need::optional);
  return usable ? std::optional(service) : std::nullopt;
}

}  // namespace mailconf
