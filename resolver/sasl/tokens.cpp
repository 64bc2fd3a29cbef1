// OAUTHBEARER and XOAUTH2: an OAuth2 access token. Both answer the server's error message, whose status is of no use
// to a person, with next to nothing, so that the server goes on to refuse.
#include <fmt/core.h>

#include "sasl/mechanisms.h"

namespace mailconf {
namespace {

class Token final : public SaslExchange {
 public:
  Token(SaslUser user, std::string before, std::string_view dummy)
      : user_(std::move(user)), before_(std::move(before)), dummy_(dummy) {}
  std::optional<Secret> first() override {
    Secret message(before_);
    message.append("auth=Bearer ");
    message.append(user_.credentials->token.text());
    message.append("\x01\x01");
    return message;
  }
  Result<Secret> respond(std::string_view) override { return Secret(dummy_); }

 private:
  SaslUser user_;
  std::string before_;
  std::string_view dummy_;
};

}  // namespace

std::unique_ptr<SaslExchange> make_oauthbearer(SaslUser user) {
  auto before = fmt::format("n,a={},\x01host={}\x01port={}\x01", escaped_name(user.username), user.host, user.port);
  return std::make_unique<Token>(std::move(user), std::move(before), "\x01");
}

std::unique_ptr<SaslExchange> make_xoauth2(SaslUser user) {
  auto before = fmt::format("user={}\x01", user.username);
  return std::make_unique<Token>(std::move(user), std::move(before), "");
}

}  // namespace mailconf
