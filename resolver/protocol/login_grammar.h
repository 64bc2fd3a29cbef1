// How the three mail protocols carry a login: commands, and what the replies mean.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mailconf/login.h"

namespace mailconf {

struct LoginReply {
  enum class Kind { challenge, accepted, refused, malformed };
  Kind kind = Kind::malformed;
  std::string challenge;                          // base64, as received
  LoginOutcome outcome = LoginOutcome::accepted;  // of a refusal
  std::string text;                               // of the server, for people
};

class LoginGrammar {
 public:
  virtual ~LoginGrammar() = default;
  // SASL: the command up to the name of the mechanism.
  [[nodiscard]] virtual std::string_view authenticate() const = 0;
  // The first response, of so many octets in base64, may stand in the command.
  [[nodiscard]] virtual bool first_allowed(const std::vector<std::string>& capabilities, std::size_t octets) const = 0;
  // The way to sign in that the protocol has besides SASL, by its name among the mechanisms; its lines are sent one
  // after the other, each after a positive reply. None: it has no such way, or these texts cannot be written in it.
  [[nodiscard]] virtual std::string_view command_name() const { return {}; }
  virtual std::vector<Secret> command(std::string_view, std::string_view) { return {}; }
  // Takes a line of the reply; the reply, once it is complete.
  virtual std::optional<LoginReply> on_line(std::string_view line) = 0;
  [[nodiscard]] virtual std::string_view farewell() const = 0;
};

std::unique_ptr<LoginGrammar> make_imap_login();
std::unique_ptr<LoginGrammar> make_pop3_login();
std::unique_ptr<LoginGrammar> make_smtp_login();

// What the protocols' codes for a refusal mean. The outcome of a code that is listed; else `refused`, or rate_limited
// where the words say so.
struct RefusalCode {
  std::string_view name;
  LoginOutcome outcome;
};
LoginOutcome meaning_of(std::span<const RefusalCode> codes, std::string_view code, std::string_view text);

// What a refusal in words means where the protocol has no better code for it: providers say it when they slow down.
bool speaks_of_a_limit(std::string_view text);

}  // namespace mailconf
