// Where connections may go. Asked for every address at the moment of connecting, so that a name which changes its mind
// between two look-ups (DNS rebinding) gains nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailconf/resolver.h"

namespace mailconf {

struct Endpoint {
  std::string address;  // literal without brackets
  std::uint16_t port = 0;

  // "192.0.2.1:993", "[2001:db8::1]:993".
  [[nodiscard]] std::string text() const;
  auto operator<=>(const Endpoint&) const = default;
};

// "address", "address:port", "[address]:port"; nothing for anything but an address literal with a port from 1 to 65535.
std::optional<Endpoint> parse_endpoint(std::string_view text, std::uint16_t default_port);

class AddressPolicy {
 public:
  AddressPolicy(bool allow_private, std::vector<ConnectTo> connect_to);

  // Where the caller said that connections to host:port go instead; private addresses included.
  [[nodiscard]] std::optional<Endpoint> redirected(std::string_view host, std::uint16_t port) const;
  [[nodiscard]] bool allows(std::string_view address) const;
  // The same for a host that a proxy looks up: where a name leads to is not seen here. What cannot be a public name is
  // kept from the proxy's own network: names of one label and "localhost" with all below.
  [[nodiscard]] bool allows_by_proxy(std::string_view host) const;

 private:
  bool allow_private_;
  std::vector<ConnectTo> connect_to_;
};

}  // namespace mailconf
