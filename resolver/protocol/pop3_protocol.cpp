#include <utility>

#include "model/text.h"
#include "protocol/mail_protocol.h"
#include "protocol/mechanisms.h"

namespace mailconf {
namespace {

using Meaning = Reply::Meaning;

// RFC 1939 §3: status indicators are upper case; some servers forget the space behind them.
bool is_positive(std::string_view line) { return equal_ignoring_case(line.substr(0, 3), "+OK"); }
bool is_negative(std::string_view line) { return equal_ignoring_case(line.substr(0, 4), "-ERR"); }

// RFC 1939 §7: a greeting with <process-ID.clock@hostname> offers APOP.
bool has_timestamp(std::string_view greeting) {
  const std::size_t open = greeting.find('<');
  const std::size_t close = greeting.find('>', open);
  return close != std::string_view::npos && greeting.substr(open, close - open).find('@') != std::string_view::npos;
}

class Pop3Protocol final : public MailProtocol {
 public:
  std::string command(Command command) override {
    static constexpr const char* lines[] = {"CAPA\r\n", "STLS\r\n", "QUIT\r\n"};
    return lines[static_cast<std::size_t>(command)];
  }

  std::optional<Reply> on_line(Awaited awaited, std::string_view line) override {
    if (in_list_) return on_list_line(line);
    if (is_negative(line)) return on_negative(awaited);
    if (!is_positive(line)) return not_understood(awaited);
    if (awaited == Awaited::greeting) apop_ = has_timestamp(line);
    in_list_ = awaited == Awaited::capabilities;
    if (in_list_) return std::nullopt;
    return Reply{Meaning::go_ahead, false, {}};
  }

  // An APOP timestamp in clear may have been put there to obtain a digest.
  void forget() override { apop_ = false; }

  // RFC 2595 came before the capability list was common: without a list STLS is worth a try.
  [[nodiscard]] bool may_upgrade(const Reply& list) const override {
    return !list.listed || has_capability(list.capabilities, "STLS");
  }

  [[nodiscard]] std::vector<std::string> mechanisms(const Reply& list) const override {
    std::vector<std::string> result = mechanisms_after(list.capabilities, "SASL");
    // RFC 2449 §6.3: a list without USER forbids the command; before there were lists every server had it.
    if (!list.listed || has_capability(list.capabilities, "USER")) add_mechanism(result, "USER");
    if (apop_) add_mechanism(result, "APOP");
    return result;
  }

 private:
  std::optional<Reply> on_list_line(std::string_view line) {
    if (line == ".") {
      in_list_ = false;
      return Reply{Meaning::go_ahead, true, std::exchange(list_, {})};
    }
    if (line.starts_with('.')) line.remove_prefix(1);  // RFC 1939 §3: byte-stuffed
    if (!trim(line).empty()) list_.emplace_back(trim(line));
    return std::nullopt;
  }

  static Reply on_negative(Awaited awaited) {
    switch (awaited) {
      case Awaited::greeting:
        return {Meaning::turned_away, false, {}};
      case Awaited::capabilities:  // RFC 2449 §5: CAPA is optional
        return {Meaning::go_ahead, false, {}};
      case Awaited::upgrade:
        break;
    }
    return {Meaning::refused, false, {}};
  }

  bool apop_ = false;
  bool in_list_ = false;
  std::vector<std::string> list_;
};

}  // namespace

std::unique_ptr<MailProtocol> make_pop3_protocol() { return std::make_unique<Pop3Protocol>(); }

}  // namespace mailconf
