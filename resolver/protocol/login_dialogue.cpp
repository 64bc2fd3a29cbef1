#include "protocol/login_dialogue.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "model/text.h"
#include "protocol/limits.h"
#include "protocol/line_reader.h"
#include "protocol/login_grammar.h"
#include "protocol/probe_dialogue.h"
#include "sasl/sasl.h"

namespace mailconf {
namespace {

std::unique_ptr<LoginGrammar> make_grammar(ServerType type) {
  switch (type) {
    case ServerType::pop3:
      return make_pop3_login();
    case ServerType::smtp:
      return make_smtp_login();
    default:
      return make_imap_login();
  }
}

// What a server that was reached, and did not come to the point of a login, means for the user.
LoginAnswer before_login(ProbeVerdict verdict) {
  switch (verdict) {
    case ProbeVerdict::turned_away:
      return {LoginOutcome::unavailable, "", "the server does not let anybody in now"};
    case ProbeVerdict::starttls_missing:
    case ProbeVerdict::starttls_refused:
      return {LoginOutcome::tls_failed, "", "the server does not offer TLS"};
    case ProbeVerdict::preauthenticated:
    case ProbeVerdict::plaintext_injection:
      return {LoginOutcome::tls_failed, "", "somebody writes into the connection before TLS begins"};
    default:
      return {LoginOutcome::not_understood, "", "another protocol answers"};
  }
}

}  // namespace

class LoginDialogue::Implementation {
 public:
  Implementation(const LoginQuestion& question, std::string nonce)
      : question_(question),
        nonce_(std::move(nonce)),
        opening_(question.server.type, question.server.socket_type, ProbeDialogue::Afterwards::stay),
        grammar_(make_grammar(question.server.type)) {
    if (question.server.socket_type == SocketType::plain)
      conclude({LoginOutcome::tls_failed, "", "the server is not encrypted"});
  }

  Action on_connected() { return outcome_ ? act() : relay(opening_.on_connected()); }
  Action on_tls_established() { return relay(opening_.on_tls_established()); }

  Action on_bytes(std::string_view bytes) {
    if (outcome_) return act();
    if (!signing_in_) return relay(opening_.on_bytes(bytes));
    reader_.append(bytes);
    take_lines();
    return act();
  }

  Action on_closed() {
    if (!signing_in_) return relay(opening_.on_closed());
    if (!outcome_)
      conclude({LoginOutcome::unavailable, mechanism_, "the server closed the connection during the login"});
    return act();
  }

  [[nodiscard]] const std::optional<Answer>& outcome() const { return outcome_; }

  [[nodiscard]] std::optional<Answer> at_deadline() const {
    if (!signing_in_) return std::nullopt;
    return LoginAnswer{LoginOutcome::unavailable, mechanism_, "the server does not answer the login in time"};
  }

 private:
  Action act() {
    Action action{std::exchange(send_, {}), false, outcome_.has_value()};
    return action;
  }

  Action relay(ProbeDialogue::Action opening) {
    send_.append(opening.send);
    if (!opening_.outcome()) {
      auto action = act();
      action.start_tls = opening.start_tls;
      return action;
    }
    if (!outcome_) on_opened(*opening_.outcome());
    return act();
  }

  void on_opened(const Answer& answer) {
    const auto* probe = std::get_if<ProbeAnswer>(&answer);
    if (!probe) {
      outcome_ = answer;
    } else if (probe->verdict != ProbeVerdict::speaks) {
      outcome_ = before_login(probe->verdict);
    } else {
      begin(*probe);
    }
  }

  void begin(const ProbeAnswer& server) {
    signing_in_ = true;
    auto offered = server.mechanisms;
    // What stands for the protocol's own command is no SASL.
    const bool has_command = std::erase(offered, std::string(grammar_->command_name())) > 0;
    if (const auto mechanism = choose_mechanism(offered, *question_.credentials))
      return authenticate(*mechanism, server);
    const auto& password = question_.credentials->password;
    if (has_command && !password.empty()) lines_ = grammar_->command(question_.username, password.text());
    if (!lines_.empty()) {
      mechanism_ = grammar_->command_name();
      return send_line();
    }
    leave({LoginOutcome::no_mechanism, "",
           fmt::format("the server offers {}", server.mechanisms.empty()
                                                   ? "no way to sign in"
                                                   : fmt::format("{}", fmt::join(server.mechanisms, ", ")))});
  }

  void authenticate(const std::string& mechanism, const ProbeAnswer& server) {
    mechanism_ = mechanism;
    exchange_ = make_sasl_exchange(
        mechanism, {question_.username, question_.credentials, question_.server.host, question_.server.port, nonce_});
    send_.append(grammar_->authenticate());
    send_.append(mechanism);
    if (auto first = exchange_->first()) {
      Secret encoded = encode_base64(first->text());
      if (grammar_->first_allowed(server.capabilities, encoded.text().size())) {
        send_.append(" ");
        send_.append(encoded.empty() ? "=" : encoded.text());  // RFC 4954 §4, RFC 4959 §3, RFC 5034 §4
      } else {
        held_back_ = std::move(encoded);
      }
    }
    send_.append("\r\n");
  }

  void send_line() {
    send_.append(lines_[next_line_].text());
    ++next_line_;
  }

  void take_lines() {
    std::string line;
    while (!outcome_) {
      const auto status = reader_.take(line);
      if (status == LineReader::Status::incomplete) return;
      if (status == LineReader::Status::over_limit) return not_understood("the server's answer is too long");
      if (auto reply = grammar_->on_line(printable(line, limits::mail_line))) on_reply(std::move(*reply));
    }
  }

  void on_reply(LoginReply reply) {
    switch (reply.kind) {
      case LoginReply::Kind::challenge:
        return on_challenge(reply.challenge);
      case LoginReply::Kind::accepted:
        return on_accepted();
      case LoginReply::Kind::refused:
        return leave({reply.outcome, mechanism_, fmt::format("the server answers \"{}\"", printable(reply.text))});
      case LoginReply::Kind::malformed:
        return not_understood("a reply does not follow the protocol");
    }
  }

  void on_challenge(const std::string& challenge) {
    if (!exchange_) return not_understood("the server asks where it should answer");
    Secret response;
    if (held_back_) {
      response = std::move(*held_back_);
      held_back_.reset();
    } else {
      const auto octets = decode_base64(challenge);
      if (!octets) return not_understood("the server's challenge is not in base64");
      const auto answer = exchange_->respond(*octets);
      if (!answer) return cancel(answer.error().message);
      response = encode_base64(answer->text());
    }
    send_.append(response.text());
    send_.append("\r\n");
  }

  void on_accepted() {
    if (next_line_ < lines_.size()) return send_line();
    if (exchange_ && !exchange_->may_succeed())
      return not_understood("the server accepts the login before it has proven that it knows the password");
    leave({LoginOutcome::accepted, mechanism_, ""});
  }

  // "*" ends an exchange in all three protocols; what the server answers to it is of no interest.
  void cancel(const std::string& reason) {
    send_.append("*\r\n");
    not_understood(reason);
  }

  void not_understood(std::string reason) { conclude({LoginOutcome::not_understood, mechanism_, std::move(reason)}); }

  void leave(LoginAnswer answer) {
    send_.append(grammar_->farewell());
    conclude(std::move(answer));
  }

  void conclude(LoginAnswer answer) { outcome_ = std::move(answer); }

  LoginQuestion question_;
  std::string nonce_;
  ProbeDialogue opening_;
  std::unique_ptr<LoginGrammar> grammar_;
  LineReader reader_;
  bool signing_in_ = false;
  std::string mechanism_;
  std::unique_ptr<SaslExchange> exchange_;
  std::optional<Secret> held_back_;  // the first response, until the server asks for it
  std::vector<Secret> lines_;        // of the protocol's own command
  std::size_t next_line_ = 0;
  Secret send_;
  std::optional<Answer> outcome_;
};

LoginDialogue::LoginDialogue(const LoginQuestion& question, std::string nonce)
    : implementation_(std::make_unique<Implementation>(question, std::move(nonce))) {}
LoginDialogue::~LoginDialogue() = default;
LoginDialogue::LoginDialogue(LoginDialogue&&) noexcept = default;
LoginDialogue& LoginDialogue::operator=(LoginDialogue&&) noexcept = default;

LoginDialogue::Action LoginDialogue::on_connected() { return implementation_->on_connected(); }
LoginDialogue::Action LoginDialogue::on_tls_established() { return implementation_->on_tls_established(); }
LoginDialogue::Action LoginDialogue::on_bytes(std::string_view bytes) { return implementation_->on_bytes(bytes); }
LoginDialogue::Action LoginDialogue::on_closed() { return implementation_->on_closed(); }
const std::optional<Answer>& LoginDialogue::outcome() const { return implementation_->outcome(); }
std::optional<Answer> LoginDialogue::at_deadline() const { return implementation_->at_deadline(); }

}  // namespace mailconf
