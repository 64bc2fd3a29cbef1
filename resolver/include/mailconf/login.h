// Signing in for real, to find out whether an account works: what is needed for it, and what came of it.
//
// A secret goes to a server only over TLS with a certificate that is valid for the server's name, and only to servers
// that the caller has been shown.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mailconf/report.h"
#include "mailconf/secret.h"
#include "mailconf/settings.h"

namespace mailconf {

struct Credentials {
  // One of the two.
  Secret password;
  Secret token;  // an OAuth2 access token, for OAUTHBEARER (RFC 7628) and XOAUTH2
  // What the user typed as user name; tried before what was found. Empty: nothing.
  std::string username;
};

enum class LoginOutcome {
  accepted,
  cannot_connect,   // no address, no answer, or closed before an answer
  tls_failed,       // no TLS, or STARTTLS withheld: the secret was not sent
  bad_certificate,  // the secret was not sent
  no_mechanism,     // no way to sign in that both sides have: the secret was not sent
  refused,          // name, password or token are not accepted
  unavailable,      // the mailbox cannot be opened now, or not by this user
  rate_limited,     // too many attempts
  not_understood,   // the server does not keep to its protocol, or could not prove that it knows the password
  not_needed,       // the server admits without a login: by address, or everybody
  not_tried,
};
std::string_view to_string(LoginOutcome);  // "cannot-connect", …

struct LoginAttempt {
  Server server;
  std::string username;
  std::string mechanism;  // "SCRAM-SHA-256", …; "LOGIN" and "USER" for the commands; empty when none was begun
  LoginOutcome outcome = LoginOutcome::not_tried;
  std::string reason;  // one clause; may quote the server; empty when accepted
  Duration elapsed{};

  bool operator==(const LoginAttempt&) const = default;
};

}  // namespace mailconf
