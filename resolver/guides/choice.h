// The servers that a reader is told of: one for each protocol, the first that is encrypted.
#pragma once

#include "mailconf/guide.h"

namespace mailconf::guides {

struct Servers {
  const Server* imap = nullptr;  // of the settings that they were chosen from; null when there is none
  const Server* pop3 = nullptr;
  const Server* smtp = nullptr;
};
Servers servers_of(const Settings& settings);

// What the page speaks of: the protocol that was asked for, or the one there is.
struct Choice {
  Servers servers;
  const Server* incoming = nullptr;
  ServerType protocol = ServerType::imap;
};
Choice choose(const GuideSubject& subject, const GuideStyle& style);

// How somebody signs in there.
enum class SignIn { password, encrypted_password, oauth2, nothing, other };
SignIn sign_in_of(const Server& server);

}  // namespace mailconf::guides
