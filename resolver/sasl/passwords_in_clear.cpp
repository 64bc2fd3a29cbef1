// PLAIN and LOGIN: the password as it is, for use inside TLS only.
#include "sasl/mechanisms.h"

namespace mailconf {
namespace {

using namespace std::string_view_literals;

class Plain final : public SaslExchange {
 public:
  explicit Plain(SaslUser user) : user_(std::move(user)) {}
  std::optional<Secret> first() override {
    Secret message("\0"sv);  // no authorisation identity: the user's own
    message.append(user_.username);
    message.append("\0"sv);
    message.append(user_.credentials->password.text());
    return message;
  }
  Result<Secret> respond(std::string_view) override {
    return fail(ErrorCode::bad_document, "PLAIN", "the server asks for more than there is");
  }

 private:
  SaslUser user_;
};

// Two prompts, whose texts differ from server to server: the first is for the name, the second for the password.
class Login final : public SaslExchange {
 public:
  explicit Login(SaslUser user) : user_(std::move(user)) {}
  std::optional<Secret> first() override { return std::nullopt; }
  Result<Secret> respond(std::string_view) override {
    switch (++prompts_) {
      case 1:
        return Secret(user_.username);
      case 2:
        return Secret(user_.credentials->password.text());
      default:
        return fail(ErrorCode::bad_document, "LOGIN", "the server asks for more than there is");
    }
  }
  [[nodiscard]] bool may_succeed() const override { return prompts_ == 2; }

 private:
  SaslUser user_;
  int prompts_ = 0;
};

}  // namespace

std::unique_ptr<SaslExchange> make_plain(SaslUser user) { return std::make_unique<Plain>(std::move(user)); }
std::unique_ptr<SaslExchange> make_login(SaslUser user) { return std::make_unique<Login>(std::move(user)); }

}  // namespace mailconf
