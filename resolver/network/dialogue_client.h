// A dialogue with a mail server on its connection: name, connect, TLS where the dialogue wants it, octets to and fro.
#pragma once

#include <fmt/core.h>
#include <optional>
#include <utility>

#include "network/operation.h"

namespace mailconf {

// `Dialogue` is ProbeDialogue or LoginDialogue: the same events, the same actions.
template <class Dialogue>
class DialogueClient : public Operation {
 public:
  DialogueClient(const Facilities& facilities, std::uint32_t owner, const ProbeQuestion& server, BadCertificate policy,
                 Dialogue dialogue, Done done)
      : dialogue_(std::move(dialogue)),
        facilities_(facilities),
        server_(server),
        policy_(policy),
        done_(std::move(done)),
        connector_(facilities, owner, server.host, server.port,
                   [this](auto connected) { on_connected(std::move(connected)); }) {}

  void begin() override {
    connector_.begin();
    if (server_.socket_type != SocketType::plain) facilities_.loop.post([&tls = facilities_.tls] { tls.prepare(); });
  }

  [[nodiscard]] Answer at_deadline() const override {
    if (auto answer = in_hand()) return *std::move(answer);
    return Failure{FailureKind::timed_out, connection_.stream ? phase_ : connector_.waiting_for()};
  }

 protected:
  // The dialogue's, with what the connection showed.
  [[nodiscard]] virtual Answer outcome() const { return *dialogue_.outcome(); }

  // What stands without a further word of the server: the farewell may be missing.
  [[nodiscard]] virtual std::optional<Answer> in_hand() const {
    if (!dialogue_.outcome() || std::holds_alternative<Failure>(*dialogue_.outcome())) return std::nullopt;
    return outcome();
  }

  Dialogue dialogue_;
  ConnectedStream connection_;
  std::optional<TlsFacts> facts_;

 private:
  void on_connected(tl::expected<ConnectedStream, Failure> connected) {
    if (!connected) return done_(connected.error());
    connection_ = std::move(*connected);
    phase_ = fmt::format("waiting for the greeting of {}", connection_.remote.text());
    act(dialogue_.on_connected());
  }

  void act(typename Dialogue::Action action) {
    const Next next{action.start_tls, action.finished};
    if (is_empty(action.send)) return go_on(next);
    connection_.stream->write(text(std::move(action.send)), [this, next] { go_on(next); });
  }

  struct Next {
    bool start_tls;
    bool finished;
  };

  void go_on(Next next) {
    if (next.finished) return finish();
    if (next.start_tls) return start_tls();
    connection_.stream->read([this](const auto& bytes) { on_bytes(bytes); });
  }

  void start_tls() {
    const std::string before = std::exchange(phase_, {});
    phase_ = fmt::format("no end of the TLS handshake with {}", connection_.remote.text());
    auto session = facilities_.tls.session(server_.host, policy_);
    connection_.stream->start_tls(std::move(session), server_.host, [this, before](const auto& facts) {
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

  static bool is_empty(const std::string& send) { return send.empty(); }
  static bool is_empty(const Secret& send) { return send.empty(); }
  static std::string text(std::string send) { return send; }
  // Long enough not to be held within the string itself, whose copies nobody overwrites.
  static std::string text(const Secret& send) {
    std::string octets;
    octets.reserve(std::max<std::size_t>(64, send.text().size()));
    return octets.append(send.text());
  }

  const Facilities& facilities_;
  ProbeQuestion server_;
  BadCertificate policy_;
  Done done_;
  Connector connector_;
  std::string phase_;
};

}  // namespace mailconf
