#include "formats/xml.h"
#include "mailconf/formats.h"

namespace mailconf {
namespace {

using Node = xml::Builder::Node;

// Where the two versions differ (draft-ietf-mailmaint-autoconfig-06 §4; version 1.1 is what all clients read).
struct Dialect {
  std::string_view version;
  std::string_view url_of_service;
  std::string_view address_book;
  bool system_attribute;  // <authentication system="http">Basic</authentication>
};
constexpr Dialect dialect_1_1{"1.1", "serverURL", "addressBook", false};
constexpr Dialect dialect_1_2{"1.2", "url", "addressbook", true};

class AutoconfigWriter {
 public:
  AutoconfigWriter(const Settings& settings, const Dialect& dialect) : settings_(settings), dialect_(dialect) {}

  std::string write() && {
    auto root = builder_.root();
    root.attribute("version", dialect_.version);
    write_provider(root.child("emailProvider"));
    for (const auto& service : settings_.services) write_service(root, service);
    if (!settings_.webmail_url.empty())
      root.child("webMail").child("loginPage").attribute("url", settings_.webmail_url);
    if (settings_.oauth2) write_oauth2(root.child("oAuth2"), *settings_.oauth2);
    return builder_.text();
  }

 private:
  void write_provider(Node node) {
    const auto& provider = settings_.provider;
    node.attribute("id", provider.id);
    for (const auto& domain : provider.domains) node.leaf("domain", domain.ascii());
    for (const auto& domain : provider.mx_domains) node.child("domain").attribute("purpose", "mx").text(domain.ascii());
    // Strict clients want a name.
    node.leaf("displayName", provider.display_name.empty() ? provider.id : provider.display_name);
    node.leaf("displayShortName", provider.display_short_name);
    for (const auto& server : settings_.incoming) write_server(node.child("incomingServer"), server);
    for (const auto& server : settings_.outgoing) write_server(node.child("outgoingServer"), server);
    for (const auto& page : settings_.documentation) {
      auto child = node.child("documentation");
      child.attribute("url", page.url);
      write_descriptions(child, "descr", page.descriptions);
    }
    for (const auto& page : settings_.enable) {
      auto child = node.child("enable");
      child.attribute("visiturl", page.visit_url);
      write_descriptions(child, "instruction", page.instructions);
    }
  }

  static void write_descriptions(Node node, std::string_view name,
                                 const std::vector<Documentation::Description>& descriptions) {
    for (const auto& description : descriptions) {
      auto child = node.child(name);
      if (!description.lang.empty()) child.attribute("lang", description.lang);
      child.text(description.text);
    }
  }

  void write_server(Node node, const Server& server) {
    node.attribute("type", to_string(server.type));
    is_tcp(server.type) ? write_host(node, server) : static_cast<void>(node.leaf("url", server.url));
    write_login(node, server);
  }

  template <class Body>
  static void write_host(Node node, const Body& body) {
    node.leaf("hostname", body.hostname);
    node.leaf("port", std::to_string(body.port));
    node.leaf("socketType", to_string(body.socket_type));
  }

  template <class Body>
  void write_login(Node node, const Body& body) {
    for (const auto value : body.authentication) write_authentication(node.child("authentication"), value);
    node.leaf("username", body.username);
  }

  void write_authentication(Node node, Authentication value) const {
    const bool basic = value == Authentication::http_basic;
    const bool http = basic || value == Authentication::http_digest;
    if (!http || !dialect_.system_attribute) {
      node.text(to_string(value));
      return;
    }
    node.attribute("system", "http").text(basic ? "Basic" : "Digest");
  }

  // Only an incomingServer can be of these types.
  static bool is_a_server(ServiceType type) {
    return type == ServiceType::jmap || type == ServiceType::ews || type == ServiceType::activesync;
  }

  void write_service(Node root, const Service& service) {
    if (is_a_server(service.type)) return;
    auto node = root.child(element_of(service.type));
    const bool chat_over_tcp = service.type == ServiceType::xmpp && service.url.empty();
    node.attribute("type", chat_over_tcp ? "xmpptcp" : to_string(service.type));
    if (service.url.empty()) {
      write_host(node, service);
    } else {
      node.leaf(dialect_.url_of_service, service.url);
    }
    write_login(node, service);
  }

  [[nodiscard]] std::string_view element_of(ServiceType type) const {
    switch (type) {
      case ServiceType::caldav:
        return "calendar";
      case ServiceType::carddav:
        return dialect_.address_book;
      case ServiceType::webdav:
        return "fileShare";
      case ServiceType::managesieve:
        return "setupServer";
      case ServiceType::xmpp:
      case ServiceType::matrix:
      case ServiceType::jmap:
      case ServiceType::ews:
      case ServiceType::activesync:
        break;
    }
    return "chatServer";
  }

  static void write_oauth2(Node node, const OAuth2& oauth2) {
    node.leaf("issuer", oauth2.issuer)
        .leaf("scope", oauth2.scope)
        .leaf("authURL", oauth2.auth_url)
        .leaf("tokenURL", oauth2.token_url)
        .leaf("clientID", oauth2.client_id);
  }

  const Settings& settings_;
  const Dialect& dialect_;
  xml::Builder builder_{"clientConfig"};
};

}  // namespace

std::string write_autoconfig_xml(const Settings& settings, AutoconfigVersion version) {
  return AutoconfigWriter(settings, version == AutoconfigVersion::v1_1 ? dialect_1_1 : dialect_1_2).write();
}

}  // namespace mailconf
