#include "model/host.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cstdint>
#include <span>

#include "model/text.h"

namespace mailconf {
namespace {

using Octets = std::span<const std::uint8_t>;

struct Literal {
  std::array<std::uint8_t, 16> octets{};
  std::size_t size = 0;  // 4 or 16
  std::string text;      // canonical (RFC 5952)
};

template <int family, std::size_t size>
std::optional<Literal> read_as(const std::string& text) {
  Literal literal{.octets = {}, .size = size, .text = std::string(INET6_ADDRSTRLEN, '\0')};
  if (inet_pton(family, text.c_str(), literal.octets.data()) != 1) return std::nullopt;
  inet_ntop(family, literal.octets.data(), literal.text.data(), INET6_ADDRSTRLEN);
  literal.text.resize(literal.text.find('\0'));
  return literal;
}

std::optional<Literal> read_literal(std::string_view text) {
  if (text.empty() || text.size() >= INET6_ADDRSTRLEN || text.find('\0') != text.npos) return std::nullopt;
  const std::string terminated(text);
  if (auto v4 = read_as<AF_INET, 4>(terminated)) return v4;
  return read_as<AF_INET6, 16>(terminated);
}

struct Prefix {
  std::array<std::uint8_t, 16> octets;
  unsigned bits;
};

bool within(Octets address, const Prefix& prefix) {
  for (unsigned bit = 0; bit < prefix.bits; bit += 8) {
    const unsigned used = std::min(prefix.bits - bit, 8U);
    const auto mask = static_cast<std::uint8_t>(0xff << (8 - used));
    if (((address[bit / 8] ^ prefix.octets[bit / 8]) & mask) != 0) return false;
  }
  return true;
}

// The entries of the IANA IPv4 Special-Purpose Address Registry that are not globally reachable, and multicast.
constexpr Prefix special_v4[] = {
    {{0}, 8},
    {{10}, 8},
    {{100, 64}, 10},
    {{127}, 8},
    {{169, 254}, 16},
    {{172, 16}, 12},
    {{192, 0, 0}, 24},
    {{192, 0, 2}, 24},
    {{192, 88, 99}, 24},
    {{192, 168}, 16},
    {{198, 18}, 15},
    {{198, 51, 100}, 24},
    {{203, 0, 113}, 24},
    {{224}, 4},
    {{240}, 4},
};
// Global unicast, and what the IPv6 registry takes out of it: IETF protocols with Teredo, documentation, 6to4.
constexpr Prefix global_unicast_v6{{0x20}, 3};
constexpr Prefix special_v6[] = {
    {{0x20, 0x01, 0x00}, 23},
    {{0x20, 0x01, 0x0d, 0xb8}, 32},
    {{0x20, 0x02}, 16},
    {{0x3f, 0xff, 0x00}, 20},
};
// Forms that carry an IPv4 address in the last four octets: mapped (RFC 4291 §2.5.5.2) and NAT64 (RFC 6052 §2.1).
constexpr Prefix carriers_of_v4[] = {
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96},
    {{0x00, 0x64, 0xff, 0x9b}, 96},
};

bool within_any(Octets address, std::span<const Prefix> prefixes) {
  return std::ranges::any_of(prefixes, [&](const Prefix& prefix) { return within(address, prefix); });
}

}  // namespace

std::optional<std::string> normalise_host(std::string_view text) {
  text = trim(text);
  if (const auto literal = read_literal(text)) return literal->text;
  auto name = ascii_host_name(text);
  if (!name) return std::nullopt;
  return *std::move(name);
}

bool is_address_literal(std::string_view text) { return read_literal(text).has_value(); }

std::string address_octets(std::string_view text) {
  const auto literal = read_literal(text);
  return literal ? std::string(literal->octets.begin(), literal->octets.begin() + static_cast<long>(literal->size))
                 : "";
}

bool is_public_address(std::string_view text) {
  const auto literal = read_literal(text);
  if (!literal) return false;
  const Octets octets(literal->octets.data(), literal->size);
  if (literal->size == 4) return !within_any(octets, special_v4);
  if (within_any(octets, carriers_of_v4)) return !within_any(octets.last(4), special_v4);
  return within(octets, global_unicast_v6) && !within_any(octets, special_v6);
}

bool is_within_network(std::string_view text, std::string_view network) {
  const auto slash = network.find('/');
  const auto literal = read_literal(text);
  const auto base = read_literal(network.substr(0, slash));
  if (!literal || !base || literal->size != base->size) return false;
  const auto most = static_cast<unsigned>(8 * base->size);
  const auto bits = slash == network.npos ? most : parse_integer<unsigned>(network.substr(slash + 1));
  return bits && *bits <= most && within({literal->octets.data(), literal->size}, {base->octets, *bits});
}

}  // namespace mailconf
