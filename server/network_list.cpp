#include "server/network_list.h"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>

namespace mailconf::server {
namespace {

using Poco::Net::IPAddress;

unsigned bits_of(const IPAddress& address) { return address.family() == IPAddress::IPv4 ? 32U : 128U; }

IPAddress masked(const IPAddress& address, unsigned prefix_length) {
  return address & IPAddress(prefix_length, address.family());
}

}  // namespace

std::optional<IPAddress> parse_address(const std::string& text) {
  in_addr four{};
  if (inet_pton(AF_INET, text.c_str(), &four) == 1) return IPAddress(&four, sizeof four);
  in6_addr six{};
  if (inet_pton(AF_INET6, text.c_str(), &six) == 1) return IPAddress(&six, sizeof six);
  IPAddress with_zone;  // "fe80::1%eth0"
  return text.find('%') != text.npos && IPAddress::tryParse(text, with_zone) ? std::optional(with_zone) : std::nullopt;
}

IPAddress unmapped(const IPAddress& address) {
  if (address.family() == IPAddress::IPv4 || !address.isIPv4Mapped()) return address;
  return {static_cast<const char*>(address.addr()) + 12, 4};
}

std::optional<AddressRange> AddressRange::parse(std::string_view text) {
  const auto slash = text.find('/');
  const auto address = parse_address(std::string(text.substr(0, slash)));
  if (!address) return std::nullopt;
  unsigned length = bits_of(*address);
  if (slash != text.npos) {
    const auto digits = text.substr(slash + 1);
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
    if (fault != std::errc() || end != digits.data() + digits.size() || length > bits_of(*address)) return std::nullopt;
  }
  return AddressRange{masked(*address, length), length};
}

bool AddressRange::contains(const IPAddress& address) const {
  const auto plain = unmapped(address);
  return plain.family() == network.family() && masked(plain, prefix_length) == network;
}

bool contains(const std::vector<AddressRange>& ranges, const IPAddress& address) {
  return std::ranges::any_of(ranges, [&](const AddressRange& range) { return range.contains(address); });
}

}  // namespace mailconf::server
