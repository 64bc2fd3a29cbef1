#include "network/address_policy.h"

#include <charconv>
#include <fmt/core.h>

#include "model/host.h"
#include "model/text.h"

namespace mailconf {
namespace {

std::optional<Endpoint> make_endpoint(std::string_view address, std::optional<std::uint16_t> port) {
  if (!port || !is_address_literal(address)) return std::nullopt;
  return Endpoint{std::string(address), *port};
}

}  // namespace

std::string Endpoint::text() const {
  const bool v6 = address.find(':') != std::string::npos;
  return v6 ? fmt::format("[{}]:{}", address, port) : fmt::format("{}:{}", address, port);
}

std::optional<Endpoint> parse_endpoint(std::string_view text, std::uint16_t default_port) {
  if (is_address_literal(text)) return make_endpoint(text, default_port);
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    const auto address = text.substr(1, end - 1);
    const auto rest = text.substr(end + 1);
    if (rest.empty()) return make_endpoint(address, default_port);
    return rest.starts_with(':') ? make_endpoint(address, parse_port(rest.substr(1))) : std::nullopt;
  }
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  return make_endpoint(text.substr(0, colon), parse_port(text.substr(colon + 1)));
}

AddressPolicy::AddressPolicy(bool allow_private, std::vector<ConnectTo> connect_to)
    : allow_private_(allow_private), connect_to_(std::move(connect_to)) {}

std::optional<Endpoint> AddressPolicy::redirected(std::string_view host, std::uint16_t port) const {
  for (const auto& entry : connect_to_)
    if (entry.port == port && equal_ignoring_case(entry.host, host)) return Endpoint{entry.address, entry.to_port};
  return std::nullopt;
}

bool AddressPolicy::allows(std::string_view address) const { return allow_private_ || is_public_address(address); }

bool AddressPolicy::allows_by_proxy(std::string_view host) const {
  if (allow_private_ || is_address_literal(host)) return allows(host);
  return host.find('.') != std::string_view::npos && !host.ends_with(".localhost");
}

}  // namespace mailconf
