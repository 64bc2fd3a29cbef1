// The labels of the mail services in the DNS (RFC 6186 §3, RFC 8314 §5.1).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "protocol/question.h"

namespace mailconf {

struct SrvService {
  std::string_view label;
  ServerType type;
  SocketType socket_type;
  std::uint16_t tls_port;  // where the protocol speaks TLS from the first octet

  [[nodiscard]] constexpr bool is_incoming() const { return type != ServerType::smtp; }
};

inline constexpr std::array srv_services{
    SrvService{"_imaps", ServerType::imap, SocketType::ssl, 993},
    SrvService{"_imap", ServerType::imap, SocketType::starttls, 993},
    SrvService{"_pop3s", ServerType::pop3, SocketType::ssl, 995},
    SrvService{"_pop3", ServerType::pop3, SocketType::starttls, 995},
    SrvService{"_submissions", ServerType::smtp, SocketType::ssl, 465},
    SrvService{"_submission", ServerType::smtp, SocketType::starttls, 465},
};

inline std::string srv_name(const SrvService& service, const DomainName& domain) {
  return std::string(service.label) + "._tcp." + domain.ascii();
}

inline DnsQuestion srv_question(const SrvService& service, const DomainName& domain) {
  return {RecordType::srv, srv_name(service, domain)};
}

}  // namespace mailconf
