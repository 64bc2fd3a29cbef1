// The keys of a PACC document. TLS from the first octet, on the registered port: it has nothing to say about either.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "mailconf/settings.h"

namespace mailconf::pacc {

struct MailProtocol {
  std::string_view key;
  ServerType type;
  std::uint16_t port;
};
inline constexpr std::array incoming_protocols{MailProtocol{"imap", ServerType::imap, 993},
                                               MailProtocol{"pop3", ServerType::pop3, 995}};
// "smtp" is what -02 calls it.
inline constexpr std::array outgoing_protocols{MailProtocol{"submit", ServerType::smtp, 465},
                                               MailProtocol{"smtp", ServerType::smtp, 465}};
// ManageSieve is a key as well, but has no port for TLS from the first octet.
inline constexpr std::array web_services{ServiceType::caldav, ServiceType::carddav, ServiceType::webdav};

}  // namespace mailconf::pacc
