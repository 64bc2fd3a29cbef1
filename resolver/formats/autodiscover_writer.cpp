// What an Autodiscover service answers (MS-OXDSCLI §2.2.4.1, MS-ASCMD §2.2.1.1).
#include <algorithm>
#include <array>

#include "formats/autodiscover_protocols.h"
#include "formats/autodiscover_schemas.h"
#include "formats/xml.h"
#include "mailconf/publishing.h"
#include "model/placeholders.h"

namespace mailconf {
namespace {

using Node = xml::Builder::Node;

// "Encryption" overrides "SSL" and is unknown to Outlook 2007; "TLS" means STARTTLS to Outlook, and makes 2016 and
// later fail at a port with TLS from the first octet. "SSL" off would be plain text to Thunderbird.
struct Encryption {
  SocketType type;
  std::string_view ssl;
  std::string_view encryption;
};
// In order of preference.
constexpr std::array encryptions{Encryption{SocketType::ssl, "on", "SSL"},
                                 Encryption{SocketType::starttls, "on", "TLS"},
                                 Encryption{SocketType::plain, "off", "None"}};

struct SignIn {
  std::string_view secure_password;  // NTLM or Negotiate: on by default in the format
  std::string_view required;
};

bool offers(const Server& server, std::initializer_list<Authentication> any_of) {
  return std::ranges::find_first_of(server.authentication, any_of) != server.authentication.end();
}

// Nothing where Outlook would ask for a password that the server does not take.
std::optional<SignIn> sign_in_at(const Server& server) {
  using enum Authentication;
  if (offers(server, {password_cleartext, password_encrypted})) return SignIn{"off", "on"};
  if (offers(server, {ntlm, gssapi})) return SignIn{"on", "on"};
  if (offers(server, {none, client_ip_address, smtp_after_pop})) return SignIn{"off", "off"};
  return std::nullopt;
}

const Server* best_of(const Settings& settings, ServerType type) {
  const auto& servers = type == ServerType::smtp ? settings.outgoing : settings.incoming;
  for (const auto& encryption : encryptions) {
    const auto found = std::ranges::find_if(servers, [&](const Server& server) {
      return server.type == type && server.socket_type == encryption.type && sign_in_at(server);
    });
    if (found != servers.end()) return &*found;
  }
  return nullptr;
}

class AnswerWriter {
 public:
  AnswerWriter(const Settings& settings, LoginNames login_names) : settings_(settings), login_names_(login_names) {}

  std::optional<std::string> write() && {
    auto root = builder_.root();
    auto response = root.attribute("xmlns", autodiscover::envelope).child("Response");
    response.attribute("xmlns", autodiscover::outlook_response);
    write_user(response.child("User"));
    auto account = response.child("Account");
    account.leaf("AccountType", "email").leaf("Action", "settings");
    for (const auto& protocol : autodiscover::mail_protocols) write_server(account, protocol);
    if (!any_server_) return std::nullopt;
    for (const auto& protocol : autodiscover::web_protocols) write_service(account, protocol);
    return builder_.text();
  }

 private:
  // Never a person's name: anybody may ask about any address.
  void write_user(Node user) {
    const auto& provider = settings_.provider;
    if (login_names_ == LoginNames::told) {
      user.leaf("DisplayName", "%EMAILADDRESS%").leaf("AutoDiscoverSMTPAddress", "%EMAILADDRESS%");
    } else {
      user.leaf("DisplayName", provider.display_name.empty() ? provider.id : provider.display_name);
    }
  }

  void write_server(Node account, const autodiscover::MailProtocol& protocol) {
    const auto* server = best_of(settings_, protocol.type);
    if (server == nullptr) return;
    any_server_ = true;
    const auto sign_in = *sign_in_at(*server);
    const auto encryption = *std::ranges::find(encryptions, server->socket_type, &Encryption::type);
    auto node = account.child("Protocol");
    node.leaf("Type", protocol.name).leaf("Server", server->hostname).leaf("Port", std::to_string(server->port));
    node.leaf("DomainRequired", "off").leaf("LoginName", login_name(server->username));
    node.leaf("SPA", sign_in.secure_password).leaf("SSL", encryption.ssl).leaf("Encryption", encryption.encryption);
    node.leaf("AuthRequired", sign_in.required);
    if (protocol.type != ServerType::smtp) {
      reading_username_ = server->username;
      return;
    }
    const bool same_login = sign_in.required == "on" && server->username == reading_username_;
    node.leaf("UsePOPAuth", same_login ? "on" : "off").leaf("SMTPLast", "off");
  }

  // Not of Microsoft's making, but published by several servers.
  void write_service(Node account, const autodiscover::WebProtocol& protocol) {
    const auto found = std::ranges::find(settings_.services, protocol.type, &Service::type);
    if (found == settings_.services.end() || found->url.empty()) return;
    if (login_names_ == LoginNames::left_out && has_placeholder(found->url)) return;
    auto node = account.child("Protocol");
    node.leaf("Type", protocol.name).leaf("Server", found->url).leaf("LoginName", login_name(found->username));
  }

  [[nodiscard]] std::string login_name(const std::string& username) const {
    return login_names_ == LoginNames::told ? username : "";
  }

  const Settings& settings_;
  const LoginNames login_names_;
  xml::Builder builder_{"Autodiscover"};
  std::string reading_username_;
  bool any_server_ = false;
};

}  // namespace

std::optional<std::string> write_autodiscover_xml(const Settings& settings, LoginNames login_names) {
  return AnswerWriter(settings, login_names).write();
}

std::string write_autodiscover_redirect(std::string_view url, std::string_view address) {
  xml::Builder builder("Autodiscover");
  auto root = builder.root();
  auto response = root.attribute("xmlns", autodiscover::envelope).child("Response");
  auto account = response.attribute("xmlns", autodiscover::outlook_response).child("Account");
  account.leaf("AccountType", "email").leaf("Action", url.empty() ? "redirectAddr" : "redirectUrl");
  account.leaf("RedirectUrl", url).leaf("RedirectAddr", address);
  return builder.text();
}

std::string write_autodiscover_error(int code, std::string_view message, std::string_view time) {
  xml::Builder builder("Autodiscover");
  auto root = builder.root();
  auto error = root.attribute("xmlns", autodiscover::envelope).child("Response").child("Error");
  error.attribute("Time", time).attribute("Id", "1");
  error.leaf("ErrorCode", std::to_string(code)).leaf("Message", message).child("DebugData");
  return builder.text();
}

std::optional<std::string> write_mobilesync_xml(const Settings& settings) {
  const auto found = std::ranges::find(settings.incoming, ServerType::activesync, &Server::type);
  if (found == settings.incoming.end()) return std::nullopt;
  xml::Builder builder("Autodiscover");
  auto root = builder.root();
  auto response = root.attribute("xmlns", autodiscover::envelope).child("Response");
  response.attribute("xmlns", autodiscover::mobilesync_response).leaf("Culture", "en:us");
  response.child("User").leaf("DisplayName", "%EMAILADDRESS%").leaf("EMailAddress", "%EMAILADDRESS%");
  auto server = response.child("Action").child("Settings").child("Server");
  server.leaf("Type", "MobileSync").leaf("Url", found->url).leaf("Name", found->url);
  return builder.text();
}

}  // namespace mailconf
