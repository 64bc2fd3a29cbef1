#include <fmt/format.h>
#include <optional>

#include "network/operation.h"
#include "protocol/probe_dialogue.h"

namespace mailconf {
namespace {

class ProbeClient : public Operation {
 public:
  ProbeClient(const Facilities& facilities, std::uint32_t owner, ProbeQuestion question, Done done)
      : facilities_(facilities),
        question_(std::move(question)),
        done_(std::move(done)),
        connector_(facilities, owner, question_.host, question_.port,
                   [this](auto connected) { on_connected(std::move(connected)); }),
        dialogue_(question_.type, question_.socket_type) {}

  void begin() override {
    connector_.begin();
    if (question_.socket_type != SocketType::plain) facilities_.loop.post([&tls = facilities_.tls] { tls.prepare(); });
  }

  [[nodiscard]] Answer at_deadline() const override {
    // The farewell may be missing; what was to be learnt has been learnt.
    if (dialogue_.outcome() && std::holds_alternative<ProbeAnswer>(*dialogue_.outcome())) return outcome();
    return Failure{FailureKind::timed_out, connection_.stream ? phase_ : connector_.waiting_for()};
  }

 private:
  void on_connected(tl::expected<ConnectedStream, Failure> connected) {
    if (!connected) return done_(connected.error());
    connection_ = std::move(*connected);
    phase_ = fmt::format("waiting for the greeting of {}", connection_.remote.text());
    act(dialogue_.on_connected());
  }

  void act(const ProbeDialogue::Action& action) {
    if (action.send.empty()) return go_on(action);
    connection_.stream->write(action.send, [this, action] { go_on(action); });
  }

  void go_on(const ProbeDialogue::Action& action) {
    if (action.finished) return finish();
    if (action.start_tls) return start_tls();
    connection_.stream->read([this](const auto& bytes) { on_bytes(bytes); });
  }

  void start_tls() {
    const std::string before = std::exchange(phase_, {});
    phase_ = fmt::format("no end of the TLS handshake with {}", connection_.remote.text());
    auto session = facilities_.tls.session(question_.host, BadCertificate::is_recorded);
    connection_.stream->start_tls(std::move(session), question_.host, [this, before](const auto& facts) {
      if (!facts) return done_(facts.error());
      phase_ = before;
      facts_ = *facts;
      act(dialogue_.on_tls_established());
    });
  }

  void on_bytes(const tl::expected<std::string_view, Failure>& bytes) {
    // A reset after the last word is an end like any other; the dialogue knows whether it came too early.
    if (!bytes || bytes->empty()) return act(dialogue_.on_closed());
    phase_ = fmt::format("waiting for an answer of {} after its greeting", connection_.remote.text());
    act(dialogue_.on_bytes(*bytes));
  }

  void finish() {
    connection_.stream->say_goodbye();
    done_(outcome());
  }

  [[nodiscard]] Answer outcome() const {
    Answer answer = *dialogue_.outcome();
    if (auto* probe = std::get_if<ProbeAnswer>(&answer)) {
      probe->address = connection_.remote.address;
      probe->tls = facts_;
    }
    return answer;
  }

  const Facilities& facilities_;
  ProbeQuestion question_;
  Done done_;
  Connector connector_;
  ConnectedStream connection_;
  ProbeDialogue dialogue_;
  std::optional<TlsFacts> facts_;
  std::string phase_;
};

}  // namespace

std::unique_ptr<Operation> make_probe_client(const Facilities& facilities, std::uint32_t owner, ProbeQuestion question,
                                             Operation::Done done) {
  return std::make_unique<ProbeClient>(facilities, owner, std::move(question), std::move(done));
}

}  // namespace mailconf
