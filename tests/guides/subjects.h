// Domains that pages are made for: one like most, and those that differ from it.
#pragma once

#include "mailconf/guide.h"

namespace subjects {

using namespace mailconf;

inline Server server(ServerType type, const std::string& hostname, std::uint16_t port,
                     SocketType socket = SocketType::ssl, const std::string& username = "%EMAILADDRESS%") {
  return {type, hostname, port, socket, {Authentication::password_cleartext}, username, ""};
}

inline Settings settings() {
  Settings settings;
  settings.provider.id = "example.org";
  settings.provider.display_name = "Example Mail";
  settings.provider.domains = {*DomainName::parse("example.org")};
  settings.incoming = {server(ServerType::imap, "imap.example.org", 993),
                       server(ServerType::pop3, "pop.example.org", 995)};
  settings.outgoing = {server(ServerType::smtp, "smtp.example.org", 587, SocketType::starttls)};
  return settings;
}

inline GuideSubject subject(const Settings& of = settings()) { return {of, *DomainName::parse("example.org"), {}, {}}; }

inline GuideSubject subject_of(const std::string& address, const Settings& of = settings()) {
  const auto parsed = *EmailAddress::parse(address);
  return {for_address(of, parsed).settings, parsed.domain(), parsed, {}};
}

inline Operator helpful() {
  return {"Example Hosting", "https://www.example.org/logo.png", "#ffcc00", "help@example.org",
          "+1 555 0100",     "https://www.example.org/help",     "9 to 5",  "https://www.example.org/app-passwords"};
}

inline GuideSubject with_everything() {
  GuideSubject result = subject_of("alice@example.org");
  result.settings.webmail_url = "https://webmail.example.org/";
  result.settings.enable = {{"https://www.example.org/enable", {}}};
  result.run_by = helpful();
  return result;
}

inline GuideSubject by_browser_only() {
  Settings of = settings();
  for (auto* group : {&of.incoming, &of.outgoing}) {
    for (Server& each : *group) each.authentication = {Authentication::oauth2};
  }
  return subject(of);
}

inline GuideSubject without(ServerType type) {
  Settings of = settings();
  std::erase_if(of.incoming, [type](const Server& each) { return each.type == type; });
  return subject(of);
}

inline GuideSubject without_encryption() {
  Settings of = settings();
  for (auto* group : {&of.incoming, &of.outgoing}) {
    for (Server& each : *group) each.socket_type = SocketType::plain;
  }
  return subject(of);
}

inline std::vector<GuideSubject> all() {
  return {subject(),         subject_of("alice@example.org"), with_everything(),
          by_browser_only(), without(ServerType::imap),       without(ServerType::pop3)};
}

inline GuideStyle style(TextFormat format, std::optional<ServerType> protocol = {},
                        const std::string& language = "en") {
  return {language, protocol, format, {}};
}

inline GuideStyle on_server(const std::string& base = "") {
  return {"en", {}, TextFormat::html, {PagePlace::Kind::server, base, true}};
}

inline constexpr TextFormat kFormats[] = {TextFormat::text, TextFormat::markdown, TextFormat::html};

inline bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace subjects
