#include <algorithm>
#include <array>

#include "model/text.h"
#include "protocol/login_grammar.h"

namespace mailconf {
namespace {

// RFC 2449 §4: a command with its line ending.
constexpr std::size_t longest_command = 255;
constexpr std::size_t longest_mechanism = 20;  // RFC 4422 §3.1

// RFC 2449 §8, RFC 3206.
constexpr std::array pop3_codes{
    RefusalCode{"[AUTH]", LoginOutcome::refused},
    RefusalCode{"[SYS/TEMP]", LoginOutcome::unavailable},
    RefusalCode{"[SYS/PERM]", LoginOutcome::unavailable},
    RefusalCode{"[IN-USE]", LoginOutcome::unavailable},
    RefusalCode{"[LOGIN-DELAY]", LoginOutcome::rate_limited},
};

LoginOutcome meaning_of_pop3(std::string_view text) {
  return meaning_of(pop3_codes, to_upper(text.substr(0, text.find(' '))), text);
}

class Pop3Login final : public LoginGrammar {
 public:
  [[nodiscard]] std::string_view authenticate() const override { return "AUTH "; }

  [[nodiscard]] bool first_allowed(const std::vector<std::string>&, std::size_t octets) const override {
    return octets + longest_mechanism + std::string_view("AUTH  \r\n").size() <= longest_command;
  }

  [[nodiscard]] std::string_view command_name() const override { return "USER"; }

  std::vector<Secret> command(std::string_view username, std::string_view password) override {
    constexpr std::string_view line_ends = "\r\n";
    if (username.find_first_of(line_ends) != username.npos || password.find_first_of(line_ends) != password.npos)
      return {};
    std::vector<Secret> lines;
    for (const auto& [verb, argument] : {std::pair{"USER ", username}, std::pair{"PASS ", password}}) {
      auto& line = lines.emplace_back(verb);
      line.append(argument);
      line.append(line_ends);
    }
    return lines;
  }

  std::optional<LoginReply> on_line(std::string_view line) override {
    if (line.starts_with("+ ") || line == "+")
      return LoginReply{LoginReply::Kind::challenge, std::string(trim(line.substr(1))), {}, ""};
    if (equal_ignoring_case(line.substr(0, 3), "+OK"))
      return LoginReply{LoginReply::Kind::accepted, "", {}, std::string(trim(line.substr(3)))};
    if (!equal_ignoring_case(line.substr(0, 4), "-ERR")) return LoginReply{};
    const auto text = trim(line.substr(4));
    return LoginReply{LoginReply::Kind::refused, "", meaning_of_pop3(text), std::string(text)};
  }

  [[nodiscard]] std::string_view farewell() const override { return "QUIT\r\n"; }
};

}  // namespace

std::unique_ptr<LoginGrammar> make_pop3_login() { return std::make_unique<Pop3Login>(); }

}  // namespace mailconf
