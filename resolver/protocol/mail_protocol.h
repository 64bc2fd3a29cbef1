// What the three mail protocols have in common for a probe: commands to send, and replies made of lines. The order of
// the dialogue is ProbeDialogue's; a protocol only knows its own grammar.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailconf {

enum class Awaited { greeting, capabilities, upgrade };
enum class Command { capabilities, upgrade, farewell };

struct Reply {
  enum class Meaning {
    go_ahead,
    refused,           // STARTTLS
    turned_away,       // the server wants to end the session
    preauthenticated,  // IMAP PREAUTH
    foreign,           // another protocol
    malformed,
  };
  Meaning meaning = Meaning::malformed;
  bool listed = false;  // `capabilities` is the server's whole list
  std::vector<std::string> capabilities;
};

class MailProtocol {
 public:
  virtual ~MailProtocol() = default;
  // With its line ending.
  virtual std::string command(Command command) = 0;
  // Takes a line of the awaited reply; the reply, once it is complete.
  virtual std::optional<Reply> on_line(Awaited awaited, std::string_view line) = 0;
  // The last line announced that many octets which are no line.
  virtual std::size_t literal() { return 0; }
  // TLS begins: what was heard in clear may come from anybody (RFC 3207 §4.2, RFC 2595 §3.1, §4).
  virtual void forget() {}

  // Without a list (`listed` false) what an old server of this protocol may be expected to do.
  [[nodiscard]] virtual bool may_upgrade(const Reply& list) const = 0;
  [[nodiscard]] virtual std::vector<std::string> mechanisms(const Reply& list) const = 0;
};

std::unique_ptr<MailProtocol> make_imap_protocol();
std::unique_ptr<MailProtocol> make_pop3_protocol();
std::unique_ptr<MailProtocol> make_smtp_protocol();

// A line that does not fit: as a greeting it shows another protocol, later it is an error.
inline Reply not_understood(Awaited awaited) {
  return {awaited == Awaited::greeting ? Reply::Meaning::foreign : Reply::Meaning::malformed, false, {}};
}

}  // namespace mailconf
