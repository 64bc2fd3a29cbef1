// The proxy that connections go through, and which do not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailconf/result.h"
#include "protocol/tunnel.h"

namespace mailconf {

struct Proxy {
  ProxyKind kind = ProxyKind::http_connect;
  std::string host;
  std::uint16_t port = 0;
  std::optional<ProxyAccount> account;

  bool operator==(const Proxy&) const = default;
};

// "http://[user:password@]host:port", the same with socks5h, or "[user:password@]host:port" for an HTTP proxy. An error
// does not quote what it refuses, which may hold a password.
Result<Proxy> parse_proxy(std::string_view url);

struct ProxyOptions {
  std::string url;                      // empty: none
  std::vector<std::string> exceptions;  // as in ResolverOptions::no_proxy
  bool only = false;                    // nothing goes anywhere else
};

class ProxyPolicy {
 public:
  ProxyPolicy() = default;
  // Fails with bad_option.
  static Result<ProxyPolicy> create(const ProxyOptions& options);

  // For connections to host:port; null when they go there themselves.
  [[nodiscard]] const Proxy* proxy_for(std::string_view host, std::uint16_t port) const;
  // No packet may go anywhere but to the proxy.
  [[nodiscard]] bool only() const { return only_; }

 private:
  std::optional<Proxy> proxy_;
  std::vector<std::string> exceptions_;
  bool only_ = false;
};

}  // namespace mailconf
