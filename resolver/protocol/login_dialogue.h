// A login without its socket: what ProbeDialogue does, and then the exchange of SASL or the protocol's own command. The
// secret is sent inside TLS only; whether the certificate is good, the caller has seen to.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/question.h"

namespace mailconf {

class LoginDialogue {
 public:
  struct Action {
    Secret send;
    bool start_tls = false;  // then handshake and call on_tls_established()
    bool finished = false;   // close; outcome() is set
  };

  // `nonce` as SaslUser has it. SocketType::plain is refused: the outcome is there before anything is sent.
  LoginDialogue(const LoginQuestion& question, std::string nonce);
  ~LoginDialogue();
  LoginDialogue(LoginDialogue&&) noexcept;
  LoginDialogue& operator=(LoginDialogue&&) noexcept;

  Action on_connected();
  Action on_tls_established();
  Action on_bytes(std::string_view bytes);
  Action on_closed();

  // A LoginAnswer, or a Failure before a login could begin.
  [[nodiscard]] const std::optional<Answer>& outcome() const;
  // What a login that was begun comes to when there is no time left; nothing before.
  [[nodiscard]] std::optional<Answer> at_deadline() const;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace mailconf
