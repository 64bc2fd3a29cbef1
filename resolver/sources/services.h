// Services beside the mail, and where the DNS and the domain's web site tell of them.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "protocol/question.h"

namespace mailconf {

struct ServiceKind {
  ServiceType type;
  std::string_view label;
  std::string_view path;  // where a web service begins unless something else is said (RFC 8615)
  bool has_path_record;   // a TXT record beside the SRV record may say otherwise (RFC 6764 §4)
};

// RFC 6764 §3 (over TLS only), RFC 8620 §2.2, RFC 5804 §1.8.
inline constexpr std::array service_kinds{
    ServiceKind{ServiceType::caldav, "_caldavs", "/.well-known/caldav", true},
    ServiceKind{ServiceType::carddav, "_carddavs", "/.well-known/carddav", true},
    ServiceKind{ServiceType::jmap, "_jmap", "/.well-known/jmap", false},
    ServiceKind{ServiceType::managesieve, "_sieve", "", false},
};

inline DnsQuestion service_question(const ServiceKind& kind, const DomainName& domain) {
  return {RecordType::srv, std::string(kind.label) + "._tcp." + domain.ascii()};
}

// A service at a URL: the full address is tried as user name first (RFC 6764 §6).
inline Service web_service(const ServiceKind& kind, std::string url) {
  return {kind.type, std::move(url), "", 0, SocketType::ssl, {Authentication::http_basic}, "%EMAILADDRESS%"};
}

}  // namespace mailconf
