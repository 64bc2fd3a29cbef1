// A configuration profile of Apple's devices, unsigned.
#include <algorithm>
#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/string_generator.hpp>
#include <boost/uuid/uuid_io.hpp>
#include <fmt/format.h>

#include "exports/documents.h"
#include "formats/xml.h"
#include "model/text.h"
#include "model/url.h"

namespace mailconf::exports {
namespace {

using Node = xml::Builder::Node;

// Of this project, made once. A profile of the same name replaces the one that is installed, so names are stable.
constexpr const char* kNamespace = "6f1f7c3e-6a0a-4f0e-9f0c-0f5b7d0c1f52";

std::string stable_uuid(const std::string& name) {
  const auto space = boost::uuids::string_generator()(kNamespace);
  return to_upper(boost::uuids::to_string(boost::uuids::name_generator_sha1(space)(name)));  // RFC 4122 §4.3
}

void put(Node& dict, std::string_view key, std::string_view text) {
  dict.child("key").text(key);
  dict.child("string").text(text);
}

void put(Node& dict, std::string_view key, int number) {
  dict.child("key").text(key);
  dict.child("integer").text(std::to_string(number));
}

void put_flag(Node& dict, std::string_view key, bool value) {
  dict.child("key").text(key);
  dict.child(value ? "true" : "false");
}

void put_identity(Node& dict, std::string_view type, const std::string& identifier, const std::string& uuid) {
  put(dict, "PayloadType", type);
  put(dict, "PayloadVersion", 1);
  put(dict, "PayloadIdentifier", identifier);
  put(dict, "PayloadUUID", uuid);
}

std::string_view authentication(const Endpoint& endpoint) {
  if (endpoint.login == Login::none) return "EmailAuthNone";
  const auto& offered = endpoint.found.server.authentication;
  const bool clear = std::find(offered.begin(), offered.end(), Authentication::password_cleartext) != offered.end();
  // "password-encrypted" may be SCRAM, which has no value of its own: CRAM-MD5 only where the server has shown it.
  const auto& shown = endpoint.found.proof.mechanisms;
  const bool cram = std::find(shown.begin(), shown.end(), "CRAM-MD5") != shown.end();
  return !clear && cram ? "EmailAuthCRAMMD5" : "EmailAuthPassword";
}

void put_server(Node& dict, const std::string& direction, const Endpoint& endpoint) {
  const Server& server = endpoint.found.server;
  put(dict, direction + "MailServerAuthentication", authentication(endpoint));
  put(dict, direction + "MailServerHostName", server.hostname);
  put(dict, direction + "MailServerPortNumber", server.port);
  put_flag(dict, direction + "MailServerUseSSL", true);  // the default is false
  if (endpoint.login != Login::none) put(dict, direction + "MailServerUsername", server.username);
}

void put_mail(Node dict, const Account& account, const std::string& identifier, const std::string& title) {
  const std::string address = account.address.text();
  const bool imap = account.incoming->found.server.type == ServerType::imap;
  put_identity(dict, "com.apple.mail.managed", identifier + ".mail", stable_uuid("mail:" + address));
  put(dict, "PayloadDisplayName", title);
  put(dict, "EmailAccountDescription", title);
  put(dict, "EmailAccountType", imap ? "EmailTypeIMAP" : "EmailTypePOP");
  put(dict, "EmailAddress", address);
  put_server(dict, "Incoming", *account.incoming);
  put_server(dict, "Outgoing", *account.outgoing);
  const bool one_password = account.incoming->login == account.outgoing->login &&
                            account.incoming->found.server.username == account.outgoing->found.server.username;
  put_flag(dict, "OutgoingPasswordSameAsIncomingPassword", one_password);
}

struct Dav {
  ServiceType type;
  std::string_view name;  // what the keys begin with
  std::string_view payload;
};
constexpr Dav davs[] = {{ServiceType::caldav, "CalDAV", "com.apple.caldav.account"},
                        {ServiceType::carddav, "CardDAV", "com.apple.carddav.account"}};

// Where it is, when a password can be given there.
std::optional<Url> dav_url(const Service& service) {
  const auto& offered = service.authentication;
  const bool by_password = offered.empty() || std::ranges::any_of(offered, [](Authentication value) {
                             return value != Authentication::oauth2 && value != Authentication::tls_client_cert;
                           });
  const auto url = Url::parse(service.url);
  if (!by_password || !url || !url->https || !is_plain_text(service.username)) return std::nullopt;
  return *url;
}

void put_dav(Node contents, const Account& account, const Dav& dav, const std::string& identifier,
             const std::string& title) {
  const auto& services = account.configuration.services;
  const auto found = std::ranges::find_if(services, [&](const auto& each) { return each.service.type == dav.type; });
  const auto url = found == services.end() ? std::nullopt : dav_url(found->service);
  if (!url) return;
  const std::string name(dav.name);
  const std::string suffix = to_lower(name);
  Node dict = contents.child("dict");
  put_identity(dict, dav.payload, identifier + "." + suffix, stable_uuid(suffix + ":" + account.address.text()));
  put(dict, name + "AccountDescription", title);
  put(dict, name + "HostName", url->host);
  put(dict, name + "Port", url->port);
  put_flag(dict, name + "UseSSL", true);
  if (!found->service.username.empty()) put(dict, name + "Username", found->service.username);
  if (url->path != "/") put(dict, name + "PrincipalURL", url->path);
}

std::string reversed(const DomainName& domain) {
  auto labels = split(domain.ascii(), '.');
  std::reverse(labels.begin(), labels.end());
  return fmt::format("{}", fmt::join(labels, "."));
}

}  // namespace

Result<std::string> write_mobileconfig(const Account& account) {
  const std::string address = account.address.text();
  const std::string title = account.configuration.provider.display_name.empty()
                                ? account.address.domain().ascii()
                                : account.configuration.provider.display_name;
  for (const std::string& value :
       {address, title, account.incoming->found.server.username, account.outgoing->found.server.username}) {
    if (is_plain_text(value)) continue;
    return fail(ErrorCode::not_expressible, "", fmt::format("\"{}\" cannot be written in a profile", printable(value)));
  }
  // The local part stays out of the identifier: it is shown and logged by device management.
  const std::string uuid = stable_uuid("profile:" + address);
  const std::string identifier = fmt::format("{}.mailconf.{}", reversed(account.address.domain()), to_lower(uuid));
  xml::Builder builder(
      "plist", R"(plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd")");
  Node dict = builder.root().attribute("version", "1.0").child("dict");
  put_identity(dict, "Configuration", identifier, uuid);
  put(dict, "PayloadDisplayName", title);
  put(dict, "PayloadDescription", fmt::format("The e-mail account {}", address));
  dict.child("key").text("PayloadContent");
  Node contents = dict.child("array");
  put_mail(contents.child("dict"), account, identifier, title);
  for (const auto& dav : davs) put_dav(contents, account, dav, identifier, title);
  return builder.text();
}

}  // namespace mailconf::exports
