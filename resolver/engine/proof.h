// What a handshake showed, compared with what was published.
#pragma once

#include <optional>

#include "protocol/question.h"

namespace mailconf {

// How to prove `server`; nothing for servers that are reached by URL.
std::optional<ProbeQuestion> proof_question(const Server& server);

// The proof that `answer` is for `server`. A server is proven when it speaks the protocol over the published kind of
// TLS with a certificate for its name, and offers a way to sign in where one is needed.
Proof prove(const Server& server, const Answer& answer, Duration elapsed);

// None of the published ways to sign in is among those that the server offers: worth a warning, since such lists are
// unreliable.
bool sign_in_differs(const Server& server, const Proof& proof);

}  // namespace mailconf
