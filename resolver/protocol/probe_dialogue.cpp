#include "protocol/probe_dialogue.h"

#include <utility>

#include "model/text.h"
#include "protocol/limits.h"
#include "protocol/line_reader.h"
#include "protocol/mail_protocol.h"

namespace mailconf {
namespace {

std::unique_ptr<MailProtocol> make_protocol(ServerType type) {
  switch (type) {
    case ServerType::pop3:
      return make_pop3_protocol();
    case ServerType::smtp:
      return make_smtp_protocol();
    default:
      return make_imap_protocol();
  }
}

// A stranger's protocol gets no further word; neither does a channel that somebody else writes to.
bool deserves_farewell(ProbeVerdict verdict) {
  switch (verdict) {
    case ProbeVerdict::speaks:
    case ProbeVerdict::turned_away:
    case ProbeVerdict::starttls_missing:
    case ProbeVerdict::starttls_refused:
      return true;
    default:
      return false;
  }
}

bool is_control(char octet) { return octet >= 0 && octet < ' ' && octet != '\r' && octet != '\n' && octet != '\t'; }

}  // namespace

class ProbeDialogue::Implementation {
 public:
  Implementation(ServerType type, SocketType socket_type, Afterwards afterwards)
      : socket_type_(socket_type), afterwards_(afterwards), protocol_(make_protocol(type)) {}

  Action on_connected() {
    if (socket_type_ == SocketType::ssl) start_tls();
    return act();
  }

  Action on_tls_established() {
    in_handshake_ = false;
    encrypted_ = true;
    protocol_->forget();
    if (!outcome_ && upgrading()) ask(Command::capabilities, Awaited::capabilities);
    return act();
  }

  Action on_bytes(std::string_view bytes) {
    if (!outcome_ && !bytes.empty()) take(bytes);
    return act();
  }

  Action on_closed() {
    if (!outcome_) fail(FailureKind::closed, phase());
    return act();
  }

  [[nodiscard]] const std::optional<Answer>& outcome() const { return outcome_; }

 private:
  using Meaning = Reply::Meaning;

  Action act() {
    next_.finished = outcome_.has_value();
    return std::exchange(next_, {});
  }

  void ask(Command command, Awaited awaited) {
    next_.send += protocol_->command(command);
    awaited_ = awaited;
  }

  void start_tls() {
    in_handshake_ = true;
    next_.start_tls = true;
  }

  void conclude(ProbeVerdict verdict) {
    const bool stays = verdict == ProbeVerdict::speaks && afterwards_ == Afterwards::stay;
    if (deserves_farewell(verdict) && !stays) next_.send += protocol_->command(Command::farewell);
    if (verdict == ProbeVerdict::starttls_missing) facts_.mechanisms = std::move(mechanisms_in_clear_);
    facts_.verdict = verdict;
    outcome_ = std::move(facts_);
  }

  void fail(FailureKind kind, std::string detail) { outcome_ = Failure{kind, std::move(detail)}; }

  [[nodiscard]] std::string phase() const {
    if (in_handshake_) return "closed in place of the TLS handshake";
    switch (awaited_) {
      case Awaited::greeting:
        return "closed before the greeting";
      case Awaited::capabilities:
        return "closed before the capabilities were listed";
      case Awaited::upgrade:
        break;
    }
    return "closed in place of an answer to STARTTLS";
  }

  void take(std::string_view bytes) {
    // Whoever sends in clear while TLS is about to begin is not the server we are about to authenticate.
    if (in_handshake_) return conclude(upgrading() ? ProbeVerdict::plaintext_injection : ProbeVerdict::other_protocol);
    // A TLS record or another binary protocol may never send the end of a line.
    if (std::exchange(untouched_, false) && is_control(bytes.front())) return conclude(ProbeVerdict::other_protocol);
    reader_.append(bytes);
    take_lines();
  }

  [[nodiscard]] bool upgrading() const { return socket_type_ == SocketType::starttls; }

  void take_lines() {
    std::string line;
    while (!outcome_ && !in_handshake_) {
      const LineReader::Status status = reader_.take(line);
      if (status == LineReader::Status::incomplete) return;
      if (status == LineReader::Status::over_limit)
        return fail(FailureKind::too_large, "a line or the whole dialogue is too long");
      on_line(printable(line, limits::mail_line));
    }
  }

  void on_line(const std::string& line) {
    if (awaited_ == Awaited::greeting && facts_.greeting.empty()) facts_.greeting = printable(line);
    if (std::optional<Reply> reply = protocol_->on_line(awaited_, line)) on_reply(std::move(*reply));
    reader_.skip(protocol_->literal());
  }

  void on_reply(Reply reply) {
    switch (reply.meaning) {
      case Meaning::go_ahead:
        return go_ahead(std::move(reply));
      case Meaning::refused:
        // What was only tried without having been offered is missing.
        return conclude(upgrade_offered_ ? ProbeVerdict::starttls_refused : ProbeVerdict::starttls_missing);
      case Meaning::turned_away:
        return conclude(ProbeVerdict::turned_away);
      case Meaning::preauthenticated:
        return conclude(ProbeVerdict::preauthenticated);
      case Meaning::foreign:
        return conclude(ProbeVerdict::other_protocol);
      case Meaning::malformed:
        return fail(FailureKind::nonsense, "a reply does not follow the protocol");
    }
  }

  void go_ahead(Reply reply) {
    if (awaited_ == Awaited::upgrade) return begin_upgrade();
    if (awaited_ == Awaited::greeting && !reply.listed) return ask(Command::capabilities, Awaited::capabilities);
    if (upgrading() && !encrypted_) return on_list_in_clear(std::move(reply));
    facts_.mechanisms = protocol_->mechanisms(reply);
    facts_.capabilities = std::move(reply.capabilities);
    conclude(ProbeVerdict::speaks);
  }

  void on_list_in_clear(Reply list) {
    const bool possible = protocol_->may_upgrade(list);
    upgrade_offered_ = possible && list.listed;
    mechanisms_in_clear_ = protocol_->mechanisms(list);
    facts_.before_tls = std::move(list.capabilities);
    if (!possible) return conclude(ProbeVerdict::starttls_missing);
    ask(Command::upgrade, Awaited::upgrade);
  }

  // What stands behind the reply was sent in clear and would be taken for the server's words inside TLS (the
  // counterpart of CVE-2011-0411).
  void begin_upgrade() {
    if (!reader_.empty()) return conclude(ProbeVerdict::plaintext_injection);
    start_tls();
  }

  SocketType socket_type_;
  Afterwards afterwards_;
  std::unique_ptr<MailProtocol> protocol_;
  LineReader reader_;
  Awaited awaited_ = Awaited::greeting;
  bool untouched_ = true;
  bool in_handshake_ = false;
  bool encrypted_ = false;
  bool upgrade_offered_ = false;
  std::vector<std::string> mechanisms_in_clear_;
  ProbeAnswer facts_;
  Action next_;
  std::optional<Answer> outcome_;
};

ProbeDialogue::ProbeDialogue(ServerType type, SocketType socket_type, Afterwards afterwards)
    : implementation_(std::make_unique<Implementation>(type, socket_type, afterwards)) {}
ProbeDialogue::~ProbeDialogue() = default;
ProbeDialogue::ProbeDialogue(ProbeDialogue&&) noexcept = default;
ProbeDialogue& ProbeDialogue::operator=(ProbeDialogue&&) noexcept = default;

ProbeDialogue::Action ProbeDialogue::on_connected() { return implementation_->on_connected(); }
ProbeDialogue::Action ProbeDialogue::on_tls_established() { return implementation_->on_tls_established(); }
ProbeDialogue::Action ProbeDialogue::on_bytes(std::string_view bytes) { return implementation_->on_bytes(bytes); }
ProbeDialogue::Action ProbeDialogue::on_closed() { return implementation_->on_closed(); }
const std::optional<Answer>& ProbeDialogue::outcome() const { return implementation_->outcome(); }

}  // namespace mailconf
