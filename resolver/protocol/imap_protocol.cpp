#include <fmt/core.h>
#include <utility>

#include "model/text.h"
#include "protocol/mail_protocol.h"
#include "protocol/mechanisms.h"

namespace mailconf {
namespace {

using Meaning = Reply::Meaning;

// RFC 9051 §7.1: the list may come as a response code of OK.
std::vector<std::string> capabilities_in_code(std::string_view status) {
  const std::string_view text = after_first_word(status);
  if (!text.starts_with('[')) return {};
  const std::string_view code = text.substr(1, text.find(']') - 1);
  return begins_with_word(code, "CAPABILITY") ? words(after_first_word(code)) : std::vector<std::string>{};
}

// RFC 9051 §6.1.1: a list without the name of the protocol is none.
bool names_imap(const std::vector<std::string>& capabilities) {
  return has_capability(capabilities, "IMAP4rev1") || has_capability(capabilities, "IMAP4rev2");
}

// The number in "{number}" or "{number+}" at the end of a line (RFC 9051 §4.3).
std::size_t literal_announced(std::string_view line) {
  const std::size_t brace = line.rfind('{');
  if (brace == std::string_view::npos || !line.ends_with('}')) return 0;
  std::string_view digits = line.substr(brace + 1, line.size() - brace - 2);
  if (digits.ends_with('+')) digits.remove_suffix(1);
  return parse_integer<std::size_t>(digits).value_or(0);
}

class ImapProtocol final : public MailProtocol {
 public:
  std::string command(Command command) override {
    static constexpr std::string_view verbs[] = {"CAPABILITY", "STARTTLS", "LOGOUT"};
    heard_.clear();
    tag_ = fmt::format("a{}", ++commands_);
    return fmt::format("{} {}\r\n", tag_, verbs[static_cast<std::size_t>(command)]);
  }

  std::optional<Reply> on_line(Awaited awaited, std::string_view line) override {
    if (awaited == Awaited::greeting) return on_greeting(line);
    const bool continued = std::exchange(literal_, 0) > 0;
    const bool untagged = line.starts_with("* ");
    if (continued || (untagged && !is_status(line.substr(2)))) literal_ = literal_announced(line);
    if (continued) return std::nullopt;
    if (untagged) return on_untagged(line.substr(2));
    if (!begins_with_word(line, tag_)) return not_understood(awaited);
    return on_tagged(awaited, after_first_word(line));
  }

  std::size_t literal() override { return literal_; }

  [[nodiscard]] bool may_upgrade(const Reply& list) const override {
    return has_capability(list.capabilities, "STARTTLS");
  }

  [[nodiscard]] std::vector<std::string> mechanisms(const Reply& list) const override {
    std::vector<std::string> result = mechanisms_after(list.capabilities, "AUTH");
    if (!has_capability(list.capabilities, "LOGINDISABLED")) add_mechanism(result, "LOGIN");
    return result;
  }

 private:
  // The text of a status response is for people and may end in anything.
  static bool is_status(std::string_view response) {
    for (const std::string_view word : {"OK", "NO", "BAD", "BYE", "PREAUTH"})
      if (begins_with_word(response, word)) return true;
    return false;
  }

  static Reply on_greeting(std::string_view line) {
    if (!line.starts_with("* ")) return not_understood(Awaited::greeting);
    const std::string_view status = line.substr(2);
    if (begins_with_word(status, "BYE")) return {Meaning::turned_away, false, {}};
    if (begins_with_word(status, "PREAUTH")) return {Meaning::preauthenticated, false, {}};
    if (!begins_with_word(status, "OK")) return not_understood(Awaited::greeting);
    std::vector<std::string> capabilities = capabilities_in_code(status);
    const bool listed = names_imap(capabilities);
    return {Meaning::go_ahead, listed, std::move(capabilities)};
  }

  std::optional<Reply> on_untagged(std::string_view response) {
    if (begins_with_word(response, "BYE")) return Reply{Meaning::turned_away, false, {}};
    if (begins_with_word(response, "CAPABILITY")) heard_ = words(after_first_word(response));
    return std::nullopt;
  }

  Reply on_tagged(Awaited awaited, std::string_view status) {
    const bool accepted = begins_with_word(status, "OK");
    if (!accepted && !begins_with_word(status, "NO") && !begins_with_word(status, "BAD"))
      return not_understood(awaited);
    if (awaited == Awaited::upgrade) return {accepted ? Meaning::go_ahead : Meaning::refused, false, {}};
    if (!accepted) return not_understood(awaited);
    std::vector<std::string> capabilities = capabilities_in_code(status);
    if (capabilities.empty()) capabilities = std::move(heard_);
    const Meaning meaning = names_imap(capabilities) ? Meaning::go_ahead : Meaning::foreign;
    return {meaning, true, std::move(capabilities)};
  }

  int commands_ = 0;
  std::string tag_;
  std::vector<std::string> heard_;  // since the last command
  std::size_t literal_ = 0;
};

}  // namespace

std::unique_ptr<MailProtocol> make_imap_protocol() { return std::make_unique<ImapProtocol>(); }

}  // namespace mailconf
