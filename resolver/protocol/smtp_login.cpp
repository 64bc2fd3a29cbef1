#include <algorithm>
#include <array>

#include "model/text.h"
#include "protocol/login_grammar.h"

namespace mailconf {
namespace {

struct Code {
  std::string_view reply;
  LoginOutcome outcome;
};

// RFC 4954 §6, RFC 5321 §4.2.
constexpr std::array codes{
    Code{"535", LoginOutcome::refused},      Code{"432", LoginOutcome::refused},
    Code{"454", LoginOutcome::unavailable},  Code{"421", LoginOutcome::unavailable},
    Code{"450", LoginOutcome::unavailable},  Code{"451", LoginOutcome::unavailable},
    Code{"525", LoginOutcome::unavailable},  Code{"534", LoginOutcome::no_mechanism},
    Code{"538", LoginOutcome::no_mechanism}, Code{"500", LoginOutcome::no_mechanism},
    Code{"502", LoginOutcome::no_mechanism}, Code{"503", LoginOutcome::no_mechanism},
    Code{"504", LoginOutcome::no_mechanism},
};

LoginOutcome meaning(std::string_view reply, std::string_view text) {
  if (speaks_of_a_limit(text)) return LoginOutcome::rate_limited;
  const auto found = std::ranges::find(codes, reply, &Code::reply);
  return found == codes.end() ? LoginOutcome::refused : found->outcome;
}

class SmtpLogin final : public LoginGrammar {
 public:
  [[nodiscard]] std::string_view authenticate() const override { return "AUTH "; }

  [[nodiscard]] bool first_allowed(const std::vector<std::string>&, std::size_t octets) const override {
    return octets <= 400;
  }

  std::optional<LoginReply> on_line(std::string_view line) override {
    const auto is_digit = [](char octet) { return octet >= '0' && octet <= '9'; };
    const auto reply = line.substr(0, 3);
    if (reply.size() < 3 || !std::ranges::all_of(reply, is_digit)) return LoginReply{};
    const auto text = trim(line.substr(std::min<std::size_t>(4, line.size())));
    if (line.size() > 3 && line[3] == '-') {
      if (text_.size() < 400) text_ += std::string(text) + " ";
      return std::nullopt;
    }
    const std::string whole = std::exchange(text_, {}) + std::string(text);
    if (reply == "334") return LoginReply{LoginReply::Kind::challenge, std::string(text), {}, ""};
    if (reply == "235") return LoginReply{LoginReply::Kind::accepted, "", {}, whole};
    if (reply[0] != '4' && reply[0] != '5') return LoginReply{};
    return LoginReply{LoginReply::Kind::refused, "", meaning(reply, whole), std::string(reply) + " " + whole};
  }

  [[nodiscard]] std::string_view farewell() const override { return "QUIT\r\n"; }

 private:
  std::string text_;  // of the lines of the reply so far
};

}  // namespace

std::unique_ptr<LoginGrammar> make_smtp_login() { return std::make_unique<SmtpLogin>(); }

bool speaks_of_a_limit(std::string_view text) {
  const std::string words = to_lower(text);
  return std::ranges::any_of(std::array{"too many", "rate limit", "too fast", "throttl"},
                             [&](const char* phrase) { return words.find(phrase) != words.npos; });
}

}  // namespace mailconf
