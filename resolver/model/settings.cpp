#include "mailconf/settings.h"

#include "model/names.h"

namespace mailconf {
namespace {

constexpr Named<ServerType> server_types[] = {
    {ServerType::imap, "imap"},   {ServerType::pop3, "pop3"},         {ServerType::smtp, "smtp"},
    {ServerType::jmap, "jmap"},   {ServerType::ews, "ews"},           {ServerType::activesync, "activeSync"},
    {ServerType::graph, "graph"}, {ServerType::exchange, "exchange"}, {ServerType::owa, "owa"},
};

constexpr Named<SocketType> socket_types[] = {
    {SocketType::ssl, "SSL"},
    {SocketType::starttls, "STARTTLS"},
    {SocketType::plain, "plain"},
    {SocketType::ssl, "TLS"},  // an example in draft-ietf-mailmaint-autoconfig-06
};

constexpr Named<Authentication> authentications[] = {
    {Authentication::password_cleartext, "password-cleartext"},
    {Authentication::password_encrypted, "password-encrypted"},
    {Authentication::oauth2, "OAuth2"},
    {Authentication::gssapi, "GSSAPI"},
    {Authentication::ntlm, "NTLM"},
    {Authentication::tls_client_cert, "TLS-client-cert"},
    {Authentication::client_ip_address, "client-IP-address"},
    {Authentication::smtp_after_pop, "smtp-after-pop"},
    {Authentication::none, "none"},
    {Authentication::http_basic, "http-basic"},
    {Authentication::http_digest, "http-digest"},
    // Version 1.1 of autoconfig, and a slip in the draft's prose.
    {Authentication::password_cleartext, "plain"},
    {Authentication::password_encrypted, "secure"},
    {Authentication::oauth2, "OAuth"},
};

constexpr Named<ServiceType> service_types[] = {
    {ServiceType::caldav, "caldav"},
    {ServiceType::carddav, "carddav"},
    {ServiceType::webdav, "webdav"},
    {ServiceType::managesieve, "managesieve"},
    {ServiceType::xmpp, "xmpp"},
    {ServiceType::matrix, "matrix"},
    {ServiceType::jmap, "jmap"},
    {ServiceType::ews, "ews"},
    {ServiceType::activesync, "activeSync"},
};

}  // namespace

std::string_view to_string(ServerType type) { return name_of<ServerType>(server_types, type); }
std::string_view to_string(SocketType type) { return name_of<SocketType>(socket_types, type); }
std::string_view to_string(Authentication value) { return name_of<Authentication>(authentications, value); }
std::string_view to_string(ServiceType type) { return name_of<ServiceType>(service_types, type); }

std::optional<ServerType> parse_server_type(std::string_view text) { return value_of<ServerType>(server_types, text); }
std::optional<SocketType> parse_socket_type(std::string_view text) { return value_of<SocketType>(socket_types, text); }
std::optional<Authentication> parse_authentication(std::string_view text) {
  return value_of<Authentication>(authentications, text);
}
std::optional<ServiceType> parse_service_type(std::string_view text) {
  return value_of<ServiceType>(service_types, text);
}

bool is_tcp(ServerType type) {
  return type == ServerType::imap || type == ServerType::pop3 || type == ServerType::smtp;
}

bool is_login(Authentication way) {
  return way != Authentication::none && way != Authentication::client_ip_address &&
         way != Authentication::smtp_after_pop;
}

}  // namespace mailconf
