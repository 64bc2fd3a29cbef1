// SASL (RFC 4422) from the client's side: what is answered to a server's challenges. No sockets, no clock, no random
// numbers: the nonce comes from outside.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailconf/login.h"
#include "mailconf/result.h"

namespace mailconf {

// One exchange. Octets, not yet in base64.
class SaslExchange {
 public:
  virtual ~SaslExchange() = default;
  // What the client says first; nothing when the server begins.
  virtual std::optional<Secret> first() = 0;
  // An error when the server's challenge makes no sense or proves that it is not who it should be.
  virtual Result<Secret> respond(std::string_view challenge) = 0;
  // The server may say that the login is accepted: mutual authentication, where there is any, has succeeded.
  [[nodiscard]] virtual bool may_succeed() const { return true; }
};

struct SaslUser {
  std::string username;
  std::shared_ptr<const Credentials> credentials;
  std::string host;  // for OAUTHBEARER
  std::uint16_t port = 0;
  std::string nonce;  // for SCRAM: at least 18 random octets as printable ASCII without commas (RFC 5802 §5.1)
};

// The best of the offered names for these credentials: tokens by OAUTHBEARER, then XOAUTH2; passwords by SCRAM, then in
// clear (inside TLS). SCRAM only for passwords in ASCII: others would have to be prepared (RFC 4013) as the server did.
std::optional<std::string> choose_mechanism(const std::vector<std::string>& offered, const Credentials& credentials);
// For a name that choose_mechanism() gives.
std::unique_ptr<SaslExchange> make_sasl_exchange(std::string_view mechanism, SaslUser user);

// RFC 4648 §4, as SASL profiles use it.
Secret encode_base64(std::string_view octets);
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace mailconf
