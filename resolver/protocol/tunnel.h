// Asking a proxy for a connection to somewhere else: HTTP CONNECT (RFC 9110 §9.3.6) and SOCKS5 (RFC 1928, RFC 1929).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "mailconf/secret.h"
#include "protocol/question.h"

namespace mailconf {

enum class ProxyKind { http_connect, socks5 };

struct ProxyAccount {
  std::string user;
  std::string password;

  bool operator==(const ProxyAccount&) const = default;
};

struct TunnelTarget {
  std::string host;  // name, for the proxy to look up, or address literal without brackets
  std::uint16_t port = 0;
};

// The octets behind the proxy's last word are the target's: a dialogue never wants to read further than it must.
class TunnelDialogue {
 public:
  struct Action {
    Secret send;           // empty: nothing to say
    std::size_t read = 0;  // then wait for octets, at most so many; 0: the dialogue is over
  };

  virtual ~TunnelDialogue() = default;
  virtual Action begin() = 0;
  virtual Action on_bytes(std::string_view bytes) = 0;
  Action on_closed();
  // Once it is over: why there is no tunnel. Never holds the account. A host that refuses is told from a proxy that
  // does (proxy_failed) where the proxy does so.
  [[nodiscard]] const std::optional<Failure>& failure() const { return failure_; }

 protected:
  Action fail(FailureKind kind, std::string detail);

 private:
  std::optional<Failure> failure_;
};

std::unique_ptr<TunnelDialogue> make_tunnel_dialogue(ProxyKind kind, TunnelTarget target,
                                                     std::optional<ProxyAccount> account);
std::unique_ptr<TunnelDialogue> make_connect_dialogue(TunnelTarget target, std::optional<ProxyAccount> account);
std::unique_ptr<TunnelDialogue> make_socks_dialogue(TunnelTarget target, std::optional<ProxyAccount> account);

}  // namespace mailconf
