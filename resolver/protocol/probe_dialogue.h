// The dialogue of a probe without its socket: greeting, capabilities, upgrade, capabilities again, farewell. IMAP (RFC
// 9051), POP3 (RFC 1939, 2449, 2595) and submission (RFC 6409, 3207). Never a login.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/question.h"

namespace mailconf {

class ProbeDialogue {
 public:
  // What the connection has to do next. All octets in `send` go out first.
  struct Action {
    std::string send;
    bool start_tls = false;  // then handshake and call on_tls_established()
    bool finished = false;   // close; outcome() is set
  };

  // Who stays when all has been heard goes on to sign in: no farewell then.
  enum class Afterwards { leave, stay };

  ProbeDialogue(ServerType type, SocketType socket_type, Afterwards afterwards = Afterwards::leave);
  ~ProbeDialogue();
  ProbeDialogue(ProbeDialogue&&) noexcept;
  ProbeDialogue& operator=(ProbeDialogue&&) noexcept;

  // The connection is up; for SocketType::ssl asks for TLS at once.
  Action on_connected();
  Action on_tls_established();
  Action on_bytes(std::string_view bytes);
  Action on_closed();

  // A ProbeAnswer without address and tls (the caller fills them in), or a Failure (closed, nonsense, too_large). Set
  // as soon as the essential part is known, together with the farewell, whose answer nobody waits for: if it cannot be
  // sent, the outcome stands all the same. Nothing before that.
  [[nodiscard]] const std::optional<Answer>& outcome() const;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

// The dialogue's mechanisms as a client's choices, best first over TLS: OAuth2, password-encrypted, password-cleartext,
// then GSSAPI, NTLM and TLS-client-cert, which need a realm or a certificate.
std::vector<Authentication> authentication_of(const std::vector<std::string>& mechanisms);

}  // namespace mailconf
