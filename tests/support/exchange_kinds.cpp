// The three kinds of exchange: a name, a document, a look at a mail server.
#include <array>
#include <fmt/core.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

#include "protocol/http_exchange.h"
#include "protocol/probe_dialogue.h"
#include "support/exchange.h"
#include "support/mail_server.h"

namespace mailconf::simulated {
namespace {

class NameExchange final : public Exchange {
 public:
  NameExchange(Internet& internet, std::uint32_t owner, Done done, DnsQuestion question)
      : Exchange(internet, owner, std::move(done)), question_(std::move(question)) {}

  void begin() override {
    phase_ = "looking up " + question_.name;
    internet_.look_up(question_, weak_from_this(), [this](const Answer& answer) { finish(answer); });
  }

 private:
  DnsQuestion question_;
};

std::string octets_of(const Resource& resource) {
  if (!resource.raw.empty()) return resource.raw;
  const auto& answer = resource.answer;
  auto text = fmt::format("HTTP/1.1 {} Status\r\nConnection: close\r\nContent-Length: {}\r\n", answer.status,
                          answer.body.size());
  if (!answer.content_type.empty()) text += fmt::format("Content-Type: {}\r\n", answer.content_type);
  if (!answer.location.empty()) text += fmt::format("Location: {}\r\n", answer.location);
  if (!answer.retry_after.empty()) text += fmt::format("Retry-After: {}\r\n", answer.retry_after);
  return text + "\r\n" + answer.body;
}

// In base64, as the network tells it.
std::string sha256_of(const std::string& octets) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(octets.data()), octets.size(), digest.data());
  std::array<unsigned char, 48> text{};
  EVP_EncodeBlock(text.data(), digest.data(), static_cast<int>(digest.size()));
  return reinterpret_cast<const char*>(text.data());
}

class WebExchange final : public ConnectedExchange {
 public:
  WebExchange(Internet& internet, std::uint32_t owner, Done done, Url url)
      : ConnectedExchange(internet, owner, std::move(done), url.host, url.port), url_(std::move(url)) {}

 private:
  void on_connected() override {
    if (!url_.https) return request();
    handshake([this] {
      if (!port().tls) return fail_with(FailureKind::tls_failed, host() + " does not speak TLS there");
      const auto judged = certificate_verdict();
      if (judged != CertificateVerdict::valid)
        return finish(Failure{FailureKind::certificate_bad, std::string(to_string(judged)), tls_facts()});
      request();
    });
  }

  void request() {
    phase_ = "waiting for the answer of " + host();
    if (port().service == PortService::silent || port().tls != url_.https) return;
    if (port().service == PortService::mail)
      return after_round_trip("", {}, [this] { respond(port().mail.greeting + "\r\n"); });
    const auto resource = resource_at(peer(), url_);
    const auto octets = octets_of(resource);
    after_round_trip(url_.text(), resource.think + transfer_time(port(), octets.size()),
                     [this, octets] { respond(octets); });
  }

  // The product's own reader judges the octets.
  void respond(const std::string& octets) {
    HttpResponseReader reader;
    auto answer = reader.feed(octets);
    if (!answer) answer = reader.close();
    if (auto* http = std::get_if<HttpAnswer>(&*answer)) {
      http->body_sha256 = sha256_of(http->body);
      if (url_.https) http->tls = tls_facts();
    }
    finish(std::move(*answer));
  }

  Url url_;
};

// The product's own dialogue with the scenario's mail server.
class ProbeExchange final : public ConnectedExchange {
 public:
  ProbeExchange(Internet& internet, std::uint32_t owner, Done done, const ProbeQuestion& question)
      : ConnectedExchange(internet, owner, std::move(done), question.host, question.port),
        target_(target(question)),
        dialogue_(question.type, question.socket_type) {}

  // A dialogue that has learnt the essential part is an answer even when the farewell is missing.
  [[nodiscard]] Answer expire() const override {
    const auto& outcome = dialogue_.outcome();
    return outcome && std::holds_alternative<ProbeAnswer>(*outcome) ? with_facts(*outcome) : Exchange::expire();
  }

 private:
  void on_connected() override {
    phase_ = "waiting for the greeting of " + host();
    if (port().service == PortService::mail) server_.emplace(port().mail, port().tls);
    if (!port().tls) greet();
    perform(dialogue_.on_connected());
  }

  void greet() {
    if (server_) deliver(server_->greeting(), internet_.jitter(target_), false);
  }

  void perform(const ProbeDialogue::Action& action) {
    if (!action.send.empty()) to_server(action.send);
    if (action.start_tls) encrypt();
    if (action.finished) finish(with_facts(*dialogue_.outcome()));
  }

  void to_server(const std::string& octets) {
    if (!server_) return;
    if (port().tls && !encrypted_) return;  // text is no ClientHello: the server waits on
    const auto heard = server_->heard().size();
    const auto reply = server_->on_octets(octets);
    const auto& lines = server_->heard();
    internet_.mail_commands.insert(internet_.mail_commands.end(), lines.begin() + static_cast<std::ptrdiff_t>(heard),
                                   lines.end());
    deliver(reply.octets, {}, reply.close);
  }

  void encrypt() {
    shaking_hands_ = true;
    handshake([this] {
      shaking_hands_ = false;
      if (!port().tls && !(server_ && server_->awaits_tls()))
        return fail_with(FailureKind::tls_failed, host() + " does not speak TLS there");
      encrypted_ = true;
      phase_ = "talking to " + host();
      if (server_) server_->on_tls();
      if (port().tls) greet();
      perform(dialogue_.on_tls_established());
    });
  }

  // What arrives in clear while the client shakes hands is no TLS record: the handshake will fail of it.
  void deliver(const std::string& octets, Duration extra, bool then_close) {
    if (octets.empty()) return;
    after_round_trip("", extra + transfer_time(port(), octets.size()), [this, octets, then_close] {
      if (shaking_hands_) return;
      perform(dialogue_.on_bytes(octets));
      if (then_close) perform(dialogue_.on_closed());
    });
  }

  [[nodiscard]] Answer with_facts(Answer answer) const {
    auto* probe = std::get_if<ProbeAnswer>(&answer);
    if (!probe) return answer;
    probe->address = address();
    if (encrypted_) probe->tls = tls_facts();
    return answer;
  }

  std::string target_;
  ProbeDialogue dialogue_;
  std::optional<MailServer> server_;
  bool encrypted_ = false;
  bool shaking_hands_ = false;
};

}  // namespace

std::shared_ptr<Exchange> make_exchange(Internet& internet, std::uint32_t owner, const Question& question,
                                        Exchange::Done done) {
  if (const auto* name = std::get_if<DnsQuestion>(&question))
    return std::make_shared<NameExchange>(internet, owner, std::move(done), *name);
  if (const auto* document = std::get_if<HttpQuestion>(&question))
    return std::make_shared<WebExchange>(internet, owner, std::move(done), document->url);
  return std::make_shared<ProbeExchange>(internet, owner, std::move(done), std::get<ProbeQuestion>(question));
}

}  // namespace mailconf::simulated
