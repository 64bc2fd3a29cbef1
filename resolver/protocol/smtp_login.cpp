#include <algorithm>
#include <array>

#include "model/text.h"
#include "protocol/login_grammar.h"

namespace mailconf {
namespace {

// RFC 4954 §6, RFC 5321 §4.2.
constexpr std::array smtp_codes{
    RefusalCode{"535", LoginOutcome::refused},      RefusalCode{"432", LoginOutcome::refused},
    RefusalCode{"454", LoginOutcome::unavailable},  RefusalCode{"421", LoginOutcome::unavailable},
    RefusalCode{"450", LoginOutcome::unavailable},  RefusalCode{"451", LoginOutcome::unavailable},
    RefusalCode{"525", LoginOutcome::unavailable},  RefusalCode{"534", LoginOutcome::no_mechanism},
    RefusalCode{"538", LoginOutcome::no_mechanism}, RefusalCode{"500", LoginOutcome::no_mechanism},
    RefusalCode{"502", LoginOutcome::no_mechanism}, RefusalCode{"503", LoginOutcome::no_mechanism},
    RefusalCode{"504", LoginOutcome::no_mechanism},
};

LoginOutcome meaning_of_smtp(std::string_view reply, std::string_view text) {
  // The codes are few and the words say more.
  return speaks_of_a_limit(text) ? LoginOutcome::rate_limited : meaning_of(smtp_codes, reply, text);
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
    return LoginReply{LoginReply::Kind::refused, "", meaning_of_smtp(reply, whole), std::string(reply) + " " + whole};
  }

  [[nodiscard]] std::string_view farewell() const override { return "QUIT\r\n"; }

 private:
  std::string text_;  // of the lines of the reply so far
};

}  // namespace

std::unique_ptr<LoginGrammar> make_smtp_login() { return std::make_unique<SmtpLogin>(); }

}  // namespace mailconf
