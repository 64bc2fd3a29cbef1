#include "clients/profile.h"

#include "model/host.h"
#include "model/text.h"
#include "sources/steps.h"

namespace mailconf::clients {
namespace {

// The text between two others, from `at` on; empty when they are not there.
std::string_view between(std::string_view text, std::string_view begin, std::string_view end) {
  const auto from = text.find(begin);
  if (from == text.npos) return {};
  text.remove_prefix(from + begin.size());
  const auto to = text.find(end);
  return to == text.npos ? std::string_view() : text.substr(0, to);
}

// The value of a key: what stands up to the next key. A property list has no nesting inside the payload of an account.
class MailPayload {
 public:
  explicit MailPayload(std::string_view dictionary) : dictionary_(dictionary) {}

  [[nodiscard]] std::string_view text(std::string_view key) const {
    const auto value = value_of(key);
    const auto text = between(value, "<string>", "</string>");
    return trim(text.empty() ? between(value, "<integer>", "</integer>") : text);
  }
  [[nodiscard]] bool flag(std::string_view key) const { return value_of(key).find("<true") != std::string_view::npos; }

 private:
  [[nodiscard]] std::string_view value_of(std::string_view key) const {
    const std::string begin = "<key>" + std::string(key) + "</key>";
    const auto at = dictionary_.find(begin);
    if (at == dictionary_.npos) return {};
    const auto rest = dictionary_.substr(at + begin.size());
    return rest.substr(0, rest.find("<key>"));
  }

  std::string_view dictionary_;
};

// Unset, UseSSL is off: no encryption. With it, the port tells which way.
std::optional<Server> server_of(const MailPayload& payload, const std::string& prefix, ServerType type,
                                std::uint16_t tls_port) {
  const auto host = normalise_host(payload.text(prefix + "HostName"));
  const auto port = parse_port(payload.text(prefix + "PortNumber"));
  if (!host || !port) return std::nullopt;
  const bool upgraded = payload.flag(prefix + "UseSSL") && *port != tls_port;
  const auto socket_type = !payload.flag(prefix + "UseSSL") ? SocketType::plain
                           : upgraded                       ? SocketType::starttls
                                                            : SocketType::ssl;
  const std::string username(payload.text(prefix + "Username"));
  return Server{type, *host, *port, socket_type, {Authentication::password_cleartext}, username, ""};
}

// The dictionary of the account; it lies open inside a signature, too.
std::string_view account_in(std::string_view body) {
  const auto type = body.find("<string>com.apple.mail.managed</string>");
  if (type == body.npos) return {};
  const auto begin = body.rfind("<dict>", type);
  const auto end = body.find("</dict>", type);
  return begin == body.npos || end == body.npos ? std::string_view() : body.substr(begin, end - begin);
}

}  // namespace

Step read_profile_answer(const Answer& answer) {
  const auto* http = std::get_if<HttpAnswer>(&answer);
  if (!http || http->status != 200) return ended(judge(answer));
  const auto account = account_in(http->body);
  if (account.empty()) return ended(Outcome::absent, "no profile with a mail account");
  const MailPayload payload(account);
  const bool pop3 = payload.text("EmailAccountType") == "EmailTypePOP";
  const auto incoming = server_of(payload, "IncomingMailServer", pop3 ? ServerType::pop3 : ServerType::imap,
                                  pop3 ? std::uint16_t{995} : std::uint16_t{993});
  const auto outgoing = server_of(payload, "OutgoingMailServer", ServerType::smtp, 465);
  Settings settings;
  if (incoming) settings.incoming.push_back(*incoming);
  if (outgoing) settings.outgoing.push_back(*outgoing);
  return accept_settings(std::move(settings));
}

}  // namespace mailconf::clients
