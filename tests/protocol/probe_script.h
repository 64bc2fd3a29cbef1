// A mail server as a script: what it says, what the prober is to say, and what is to come of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "protocol/probe_dialogue.h"

namespace mailconf::test {

struct Script {
  ServerType type = ServerType::imap;
  SocketType socket_type = SocketType::ssl;
  // What the server says first, and after each turn of the client; at the end it closes the connection.
  std::vector<std::string> server;
  std::string client;  // all octets of the client, "<TLS>" for a handshake
  Answer outcome;
};

// "A|B" as {"A", "B"}; an empty text as an empty list.
std::vector<std::string> list(std::string_view items);
Answer speaks(std::string_view greeting, std::string_view before_tls, std::string_view capabilities,
              std::string_view mechanisms);
// Nothing but the verdict, the greeting and what was listed in clear.
Answer ends(ProbeVerdict verdict, std::string_view greeting, std::string_view before_tls = "",
            std::string_view mechanisms = "");
Answer fails(FailureKind kind, std::string_view detail);

std::string describe(const Answer& answer);

// Plays the script with the server's octets in whole turns, one by one, and cut at every place: always the same client
// and the same outcome. In no case does the client send anything that is part of a login.
void check(const Script& script);

}  // namespace mailconf::test
