// The host that a request names (RFC 9110 §7.2).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mailconf/address.h"

namespace mailconf::server {

struct RequestedHost {
  std::string text;                  // as sent, without port and trailing dot, lower-case; empty when none was named
  std::optional<DomainName> domain;  // nothing for address literals and single labels such as "localhost"
};

// `text` is "host", "host:port" or "[address]:port". Nothing when it holds what no host name and no port can.
std::optional<RequestedHost> parse_host(std::string_view text);

}  // namespace mailconf::server
