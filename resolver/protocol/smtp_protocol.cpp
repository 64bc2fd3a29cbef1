#include <algorithm>
#include <utility>

#include "model/text.h"
#include "protocol/mail_protocol.h"
#include "protocol/mechanisms.h"

namespace mailconf {
namespace {

using Meaning = Reply::Meaning;

// The loopback literal is valid (RFC 5321 §4.1.3), needs no look-up that could fail, passes the checks for fully
// qualified names, is what widespread mail programs send, and tells neither the host's name nor its address in the
// local network nor the program.
constexpr const char* greeting_of_client = "EHLO [127.0.0.1]\r\n";

struct ReplyLine {
  std::string_view code;
  bool last = true;
  std::string_view text;
};

// RFC 5321 §4.2: three digits, then "-" or a space; a line may end behind the digits.
std::optional<ReplyLine> parse_reply_line(std::string_view line) {
  const auto is_digit = [](char octet) { return octet >= '0' && octet <= '9'; };
  const std::string_view code = line.substr(0, 3);
  if (code.size() < 3 || !std::ranges::all_of(code, is_digit) || code[0] < '2' || code[0] > '5') return std::nullopt;
  if (line.size() == 3) return ReplyLine{code, true, {}};
  if (line[3] != ' ' && line[3] != '-') return std::nullopt;
  return ReplyLine{code, line[3] == ' ', line.substr(4)};
}

class SmtpProtocol final : public MailProtocol {
 public:
  std::string command(Command command) override {
    static constexpr const char* lines[] = {greeting_of_client, "STARTTLS\r\n", "QUIT\r\n"};
    return lines[static_cast<std::size_t>(command)];
  }

  std::optional<Reply> on_line(Awaited awaited, std::string_view line) override {
    const std::optional<ReplyLine> part = parse_reply_line(line);
    // RFC 5321 §4.2.1: every line of a reply has the same code.
    if (!part || (!texts_.empty() && part->code != code_)) return not_understood(awaited);
    code_ = part->code;
    texts_.emplace_back(trim(part->text));
    if (!part->last) return std::nullopt;
    return on_reply(awaited, std::exchange(texts_, {}));
  }

  [[nodiscard]] bool may_upgrade(const Reply& list) const override {
    return has_capability(list.capabilities, "STARTTLS");
  }

  [[nodiscard]] std::vector<std::string> mechanisms(const Reply& list) const override {
    return mechanisms_after(list.capabilities, "AUTH");
  }

 private:
  [[nodiscard]] Reply on_reply(Awaited awaited, std::vector<std::string> texts) const {
    switch (awaited) {
      case Awaited::greeting:
        if (code_ == "220") return {Meaning::go_ahead, false, {}};
        return code_[0] >= '4' ? Reply{Meaning::turned_away, false, {}} : not_understood(awaited);
      case Awaited::upgrade:
        if (code_ == "421") return {Meaning::turned_away, false, {}};
        return {code_ == "220" ? Meaning::go_ahead : Meaning::refused, false, {}};
      case Awaited::capabilities:
        break;
    }
    if (code_ == "250") {
      texts.erase(texts.begin());  // the server's name
      std::erase(texts, "");
      return {Meaning::go_ahead, true, std::move(texts)};
    }
    return on_refused_ehlo();
  }

  // EHLO unknown or "log in first" is a server of FTP, or of mail without logins; other refusals are a matter of
  // policy.
  [[nodiscard]] Reply on_refused_ehlo() const {
    if (code_ == "500" || code_ == "502" || code_ == "530") return {Meaning::foreign, false, {}};
    return code_[0] >= '4' ? Reply{Meaning::turned_away, false, {}} : not_understood(Awaited::capabilities);
  }

  std::string code_;
  std::vector<std::string> texts_;  // of the lines of the reply so far
};

}  // namespace

std::unique_ptr<MailProtocol> make_smtp_protocol() { return std::make_unique<SmtpProtocol>(); }

}  // namespace mailconf
