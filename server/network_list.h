// Networks in CIDR notation (RFC 4632 §3.1, RFC 4291 §2.3).
#pragma once

#include <Poco/Net/IPAddress.h>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailconf::server {

struct AddressRange {
  Poco::Net::IPAddress network;
  unsigned prefix_length = 0;

  // "127.0.0.1/32", "2001:db8::/32", or an address alone.
  static std::optional<AddressRange> parse(std::string_view text);
  // IPv4-mapped IPv6 addresses count as IPv4.
  [[nodiscard]] bool contains(const Poco::Net::IPAddress& address) const;
};

// All that the system reads, with "::" and "0.0.0.0", which Poco takes for a failure of its own.
std::optional<Poco::Net::IPAddress> parse_address(const std::string& text);

// An IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2) as the IPv4 address that it stands for.
Poco::Net::IPAddress unmapped(const Poco::Net::IPAddress& address);

bool contains(const std::vector<AddressRange>& ranges, const Poco::Net::IPAddress& address);

}  // namespace mailconf::server
