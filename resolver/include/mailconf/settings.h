// What a configuration is: servers, services, sign-in, and who the provider is.
//
// One model for both directions: what a source found and what a domain publishes. Text values
// are spelled as draft-ietf-mailmaint-autoconfig spells them ("imap", "SSL", "password-cleartext").
// Texts may hold the placeholders %EMAILADDRESS%, %EMAILLOCALPART% and %EMAILDOMAIN% until
// for_address() has replaced them. All types are plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mailconf/address.h"
#include "mailconf/result.h"

namespace mailconf {

enum class ServerType { imap, pop3, smtp, jmap, ews, activesync, graph, exchange, owa };
enum class SocketType {
  ssl,       // TLS from the first octet (RFC 8314 §3)
  starttls,  // an upgrade that must succeed (RFC 2595, RFC 3207)
  plain,     // no encryption
};
enum class Authentication {
  password_cleartext,  // LOGIN, SASL PLAIN or LOGIN
  password_encrypted,  // CRAM-MD5, DIGEST-MD5, SCRAM-*, APOP
  oauth2,              // OAUTHBEARER or XOAUTH2
  gssapi,
  ntlm,
  tls_client_cert,    // SASL EXTERNAL
  client_ip_address,  // no login: admitted by address
  smtp_after_pop,
  none,
  http_basic,  // URL-based servers and services
  http_digest,
};
// jmap: by service record or well-known place; ews and activesync: by Autodiscover. A document lists them among its
// servers.
enum class ServiceType { caldav, carddav, webdav, managesieve, xmpp, matrix, jmap, ews, activesync };

std::string_view to_string(ServerType);      // "imap", "activeSync", …
std::string_view to_string(SocketType);      // "SSL", "STARTTLS", "plain"
std::string_view to_string(Authentication);  // "password-cleartext", "OAuth2", …
std::string_view to_string(ServiceType);     // "caldav", …

// The readers of those values compare without regard to case and know the old synonyms
// ("TLS" for SSL, "secure" for password-encrypted); nothing for a value they do not know.
std::optional<ServerType> parse_server_type(std::string_view);
std::optional<SocketType> parse_socket_type(std::string_view);
std::optional<Authentication> parse_authentication(std::string_view);
std::optional<ServiceType> parse_service_type(std::string_view);

// The type speaks a mail protocol on a TCP port, rather than HTTP at a URL.
bool is_tcp(ServerType type);
// Somebody signs in, rather than being admitted by address, after reading mail, or without any question.
bool is_login(Authentication way);

struct Server {
  ServerType type = ServerType::imap;
  std::string hostname;  // host name or address literal without brackets; empty for URL-based types
  std::uint16_t port = 0;
  SocketType socket_type = SocketType::ssl;
  std::vector<Authentication> authentication;  // best first; never empty
  std::string username;                        // template; empty when the source does not say
  std::string url;                             // URL-based types only, https

  bool operator==(const Server&) const = default;
};

struct Service {
  ServiceType type = ServiceType::caldav;
  std::string url;  // absolute; empty for managesieve
  std::string hostname;
  std::uint16_t port = 0;
  SocketType socket_type = SocketType::ssl;
  std::vector<Authentication> authentication;
  std::string username;

  bool operator==(const Service&) const = default;
};

struct OAuth2 {
  std::string issuer;
  std::string auth_url;
  std::string token_url;
  std::string scope;  // space-separated (RFC 6749 §3.3)
  std::string client_id;
  // What the issuer itself says beyond that; no document of settings does.
  std::string registration_url = {};  // for clients without an identifier (RFC 7591)
  std::string device_url = {};        // for devices without a browser (RFC 8628)
  std::vector<std::string> scopes_supported = {};

  bool operator==(const OAuth2&) const = default;
};

// A page that describes the set-up, and the languages it is described in.
struct Documentation {
  struct Description {
    std::string lang;  // two letters, or empty
    std::string text;
    bool operator==(const Description&) const = default;
  };
  std::string url;
  std::vector<Description> descriptions;

  bool operator==(const Documentation&) const = default;
};

// A page that the user must visit first, for example to switch IMAP on.
struct Enable {
  std::string visit_url;
  std::vector<Documentation::Description> instructions;

  bool operator==(const Enable&) const = default;
};

struct Provider {
  std::string id;                      // a host name, normally the primary domain
  std::string display_name;            // at most 60 characters
  std::string display_short_name;      // at most 20 characters
  std::vector<DomainName> domains;     // e-mail domains that the settings are valid for
  std::vector<DomainName> mx_domains;  // domains of the provider's MX hosts

  bool operator==(const Provider&) const = default;
};

struct Settings {
  Provider provider;
  std::vector<Server> incoming;  // in the provider's order of preference
  std::vector<Server> outgoing;
  std::vector<Service> services;
  std::optional<OAuth2> oauth2;
  std::vector<Documentation> documentation;
  std::vector<Enable> enable;
  std::string webmail_url;

  bool operator==(const Settings&) const = default;
};

// What was odd in a document that was read all the same, or what strict clients would refuse in one that
// is about to be published.
struct Diagnostic {
  std::string code;     // stable, kebab-case: "unknown-socket-type"
  std::string place;    // "line 12, incomingServer 2", "incoming[1].port"
  std::string message;  // one clause for people

  bool operator==(const Diagnostic&) const = default;
};

// The settings with every placeholder replaced. A server whose host name is no valid name afterwards, or still holds an
// unknown placeholder, is left out and named in `dropped`; a user name that still holds one becomes
// empty: the user must be asked.
struct AppliedSettings {
  Settings settings;
  std::vector<Diagnostic> dropped;
};
AppliedSettings for_address(const Settings& settings, const EmailAddress& address);
// The same when only the domain is known: user names that need the local part stay templates.
AppliedSettings for_domain(const Settings& settings, const DomainName& domain);

// What publishers must mend before strict clients (Thunderbird, K-9) accept the settings; empty when all is well.
std::vector<Diagnostic> lint(const Settings& settings);

// All that lint() can say: what is wrong, and what the publisher does about it.
struct LintRule {
  std::string_view code;      // of the diagnostics
  bool unusable;              // no client can use what is published so; else some refuse it, or are misled
  std::string_view sentence;  // one clause; "{}" stands for what was found
  std::string_view repair;    // one clause
};
std::span<const LintRule> lint_rules();

}  // namespace mailconf
