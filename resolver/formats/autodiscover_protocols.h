// The protocols of Autodiscover in XML, by the names it has for them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "mailconf/settings.h"

namespace mailconf::autodiscover {

// The ports of one protocol: TLS from the first octet, and upgraded or in clear.
struct MailProtocol {
  std::string_view name;
  ServerType type;
  std::uint16_t tls_port;
  std::uint16_t clear_port;
};
inline constexpr std::array mail_protocols{MailProtocol{"IMAP", ServerType::imap, 993, 143},
                                           MailProtocol{"POP3", ServerType::pop3, 995, 110},
                                           MailProtocol{"SMTP", ServerType::smtp, 465, 587}};

struct WebProtocol {
  std::string_view name;
  ServiceType type;
};
// Not of Microsoft's making, but published by several servers.
inline constexpr std::array web_protocols{WebProtocol{"CalDAV", ServiceType::caldav},
                                          WebProtocol{"CardDAV", ServiceType::carddav}};

}  // namespace mailconf::autodiscover
