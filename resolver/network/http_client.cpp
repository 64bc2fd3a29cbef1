#include <fmt/core.h>

#include "network/digest.h"
#include "network/operation.h"
#include "protocol/http_exchange.h"

namespace mailconf {
namespace {

class HttpClient : public Operation {
 public:
  HttpClient(const Facilities& facilities, std::uint32_t owner, HttpQuestion question, Done done)
      : facilities_(facilities),
        question_(std::move(question)),
        done_(std::move(done)),
        connector_(facilities, owner, question_.url.host, question_.url.port,
                   [this](auto connected) { on_connected(std::move(connected)); }) {}

  void begin() override {
    connector_.begin();
    if (question_.url.https) facilities_.loop.post([&tls = facilities_.tls] { tls.prepare(); });
  }

  [[nodiscard]] Answer at_deadline() const override {
    return Failure{FailureKind::timed_out, connection_.stream ? phase_ : connector_.waiting_for()};
  }

 private:
  void on_connected(tl::expected<ConnectedStream, Failure> connected) {
    if (!connected) return done_(connected.error());
    connection_ = std::move(*connected);
    if (!question_.url.https) return send_request();
    phase_ = fmt::format("no end of the TLS handshake with {}", connection_.remote.text());
    auto session = facilities_.tls.session(question_.url.host, BadCertificate::fails_handshake);
    connection_.stream->start_tls(std::move(session), question_.url.host, [this](const auto& facts) {
      if (!facts) return done_(facts.error());
      tls_ = *facts;
      send_request();
    });
  }

  void send_request() {
    phase_ = fmt::format("no answer of {} to the request", connection_.remote.text());
    connection_.stream->write(http_request(question_), [this] { receive(); });
  }

  void receive() {
    connection_.stream->read([this](const auto& bytes) { on_bytes(bytes); });
  }

  void on_bytes(const tl::expected<std::string_view, Failure>& bytes) {
    if (!bytes) return done_(bytes.error());
    if (bytes->empty()) return deliver(reader_.close());
    phase_ = fmt::format("the answer of {} had not come to its end", connection_.remote.text());
    const auto answer = reader_.feed(*bytes);
    if (!answer) return receive();
    connection_.stream->say_goodbye();
    deliver(*answer);
  }

  void deliver(Answer answer) {
    if (auto* http = std::get_if<HttpAnswer>(&answer)) {
      if (http->status == 200) http->body_sha256 = sha256_base64(http->body);
      http->tls = tls_;
    }
    done_(std::move(answer));
  }

  const Facilities& facilities_;
  HttpQuestion question_;
  Done done_;
  Connector connector_;
  ConnectedStream connection_;
  std::optional<TlsFacts> tls_;
  HttpResponseReader reader_;
  std::string phase_;
};

}  // namespace

std::unique_ptr<Operation> make_http_client(const Facilities& facilities, std::uint32_t owner, HttpQuestion question,
                                            Operation::Done done) {
  return std::make_unique<HttpClient>(facilities, owner, std::move(question), std::move(done));
}

}  // namespace mailconf
