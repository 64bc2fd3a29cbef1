#include <algorithm>
#include <array>

#include "model/text.h"
#include "protocol/login_grammar.h"
#include "protocol/mechanisms.h"

namespace mailconf {
namespace {

constexpr std::string_view tag = "l1";

// RFC 5530 §3 and RFC 9051 §7.1.
constexpr std::array imap_codes{
    RefusalCode{"AUTHENTICATIONFAILED", LoginOutcome::refused},
    RefusalCode{"EXPIRED", LoginOutcome::refused},
    RefusalCode{"AUTHORIZATIONFAILED", LoginOutcome::refused},
    RefusalCode{"UNAVAILABLE", LoginOutcome::unavailable},
    RefusalCode{"INUSE", LoginOutcome::unavailable},
    RefusalCode{"CONTACTADMIN", LoginOutcome::unavailable},
    RefusalCode{"SERVERBUG", LoginOutcome::unavailable},
    RefusalCode{"NOPERM", LoginOutcome::unavailable},
    RefusalCode{"LIMIT", LoginOutcome::rate_limited},
    RefusalCode{"PRIVACYREQUIRED", LoginOutcome::no_mechanism},
    RefusalCode{"CANNOT", LoginOutcome::no_mechanism},
};

LoginOutcome meaning_of_imap(std::string_view text) {
  const auto code = text.starts_with('[') ? text.substr(1, text.find_first_of(" ]") - 1) : std::string_view();
  return meaning_of(imap_codes, to_upper(code), text);
}

// RFC 9051 §4.3: a quoted string holds octets of ASCII but controls.
bool fits_quotes(std::string_view text) {
  return std::ranges::all_of(text, [](char octet) { return octet >= ' ' && octet < '\x7f'; });
}

void append_quoted(Secret& line, std::string_view text) {
  line.append("\"");
  for (const char& octet : text) {
    if (octet == '"' || octet == '\\') line.append("\\");
    line.append({&octet, 1});
  }
  line.append("\"");
}

class ImapLogin final : public LoginGrammar {
 public:
  [[nodiscard]] std::string_view authenticate() const override { return "l1 AUTHENTICATE "; }

  [[nodiscard]] bool first_allowed(const std::vector<std::string>& capabilities, std::size_t) const override {
    return has_capability(capabilities, "SASL-IR");
  }

  [[nodiscard]] std::string_view command_name() const override { return "LOGIN"; }

  std::vector<Secret> command(std::string_view username, std::string_view password) override {
    if (!fits_quotes(username) || !fits_quotes(password)) return {};
    Secret line(tag);
    line.append(" LOGIN ");
    append_quoted(line, username);
    line.append(" ");
    append_quoted(line, password);
    line.append("\r\n");
    std::vector<Secret> lines;
    lines.push_back(std::move(line));
    return lines;
  }

  std::optional<LoginReply> on_line(std::string_view line) override {
    if (line.starts_with('+'))
      return LoginReply{LoginReply::Kind::challenge, std::string(trim(line.substr(1))), {}, ""};
    if (line.starts_with("* ")) {
      if (!begins_with_word(line.substr(2), "BYE")) return std::nullopt;
      const auto text = after_first_word(line.substr(2));
      const auto outcome = speaks_of_a_limit(text) ? LoginOutcome::rate_limited : LoginOutcome::unavailable;
      return LoginReply{LoginReply::Kind::refused, "", outcome, std::string(text)};
    }
    if (!begins_with_word(line, tag)) return LoginReply{};
    const auto status = after_first_word(line);
    const std::string text(after_first_word(status));
    if (begins_with_word(status, "OK")) return LoginReply{LoginReply::Kind::accepted, "", {}, text};
    if (begins_with_word(status, "NO")) return LoginReply{LoginReply::Kind::refused, "", meaning_of_imap(text), text};
    // BAD: a command that the server does not know.
    if (begins_with_word(status, "BAD"))
      return LoginReply{LoginReply::Kind::refused, "", LoginOutcome::no_mechanism, text};
    return LoginReply{};
  }

  [[nodiscard]] std::string_view farewell() const override { return "l2 LOGOUT\r\n"; }
};

}  // namespace

std::unique_ptr<LoginGrammar> make_imap_login() { return std::make_unique<ImapLogin>(); }

}  // namespace mailconf
