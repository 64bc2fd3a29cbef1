#include "sources/guess_ladder.h"

#include <algorithm>
#include <fmt/core.h>

#include "protocol/probe_dialogue.h"
#include "sources/steps.h"

namespace mailconf {
namespace {

// RFC 6186 §4: the full address is tried first.
Server server_of(const ProbeQuestion& question, SocketType socket_type, std::vector<Authentication> authentication) {
  Server server;
  server.type = question.type;
  server.hostname = question.host;
  server.port = question.port;
  server.socket_type = socket_type;
  server.authentication = std::move(authentication);
  server.username = "%EMAILADDRESS%";
  return server;
}

// What would be the same under any other name of the same address.
bool is_deaf(const Answer& answer) {
  const auto* failure = std::get_if<Failure>(&answer);
  return failure && (failure->kind == FailureKind::refused || failure->kind == FailureKind::unreachable ||
                     failure->kind == FailureKind::timed_out);
}

Verdict judge_secured(const ProbeAnswer& answer) {
  if (!answer.tls) return {Outcome::unknown, "the connection was not encrypted"};
  if (answer.tls->certificate != CertificateVerdict::valid) {
    return {Outcome::unknown, fmt::format("bad certificate ({})", to_string(answer.tls->certificate))};
  }
  if (answer.mechanisms.empty()) return {Outcome::absent, "offers no way to sign in"};
  return {Outcome::found, ""};
}

// Between servers, mail may go without encryption; only one that lets users sign in is for them.
bool is_for_users_in_clear(const ProbeQuestion& question, const ProbeAnswer& answer) {
  constexpr std::uint16_t relay = 25;
  return answer.verdict == ProbeVerdict::starttls_missing && (question.port != relay || !answer.mechanisms.empty());
}

std::vector<Authentication> authentication_in_clear(const ProbeAnswer& answer) {
  auto authentication = authentication_of(answer.mechanisms);
  if (authentication.empty()) authentication.push_back(Authentication::password_cleartext);
  return authentication;
}

}  // namespace

void GuessLadder::add(const std::vector<GuessedPort>& ports) {
  for (const auto& port : ports) {
    const bool known = std::any_of(rungs_.begin(), rungs_.end(), [&](const Rung& rung) {
      return rung.port.question.host == port.question.host && rung.port.question.port == port.question.port;
    });
    if (!known) rungs_.push_back({port, State::waiting, {}, {}});
  }
}

std::vector<Question> GuessLadder::next() {
  std::vector<Question> questions;
  for (auto& rung : rungs_) {
    if (rung.server) break;
    if (rung.state != State::waiting) continue;
    if (is_shut(rung.port)) {
      rung.state = State::ended;
    } else if (!is_busy(rung.port)) {
      rung.state = State::out;
      questions.emplace_back(rung.port.question);
    }
  }
  return questions;
}

bool GuessLadder::is_shut(const GuessedPort& port) const {
  const auto place = shut_.find(port.question.port);
  return place != shut_.end() &&
         std::all_of(port.addresses.begin(), port.addresses.end(),
                     [&](const std::string& address) { return place->second.contains(address); });
}

bool GuessLadder::is_busy(const GuessedPort& port) const {
  return std::any_of(rungs_.begin(), rungs_.end(), [&](const Rung& rung) {
    return rung.state == State::out && rung.port.question.port == port.question.port &&
           rung.port.addresses == port.addresses;
  });
}

std::optional<Step> GuessLadder::take(const ProbeQuestion& asked, const Answer& answer) {
  for (auto& rung : rungs_) {
    if (rung.state != State::out || rung.port.question != asked) continue;
    rung.state = State::ended;
    if (is_deaf(answer)) shut_[asked.port].insert(rung.port.addresses.begin(), rung.port.addresses.end());
    if (const auto* shown = std::get_if<ProbeAnswer>(&answer)) return take(rung, *shown);
    return ended(judge(answer));
  }
  return std::nullopt;
}

Step GuessLadder::take(Rung& rung, const ProbeAnswer& answer) {
  const ProbeQuestion& asked = rung.port.question;
  const Verdict verdict = answer.verdict == ProbeVerdict::speaks ? judge_secured(answer) : judge(answer);
  if (verdict.outcome == Outcome::found) {
    rung.server = server_of(asked, asked.socket_type, authentication_of(answer.mechanisms));
  }
  if (!is_for_users_in_clear(asked, answer)) return ended(verdict);
  rung.in_clear = server_of(asked, SocketType::plain, authentication_in_clear(answer));
  Step step = ended(Outcome::absent, "answers, but only without encryption");
  step.diagnostics.push_back({"plaintext-only", target(asked), "the server offers no encryption"});
  return step;
}

std::optional<Server> GuessLadder::best() const {
  for (const auto& rung : rungs_) {
    if (rung.state != State::ended) return std::nullopt;
    if (rung.server) return rung.server;
  }
  return std::nullopt;
}

bool GuessLadder::is_exhausted() const {
  return std::all_of(rungs_.begin(), rungs_.end(),
                     [](const Rung& rung) { return rung.state == State::ended && !rung.server; });
}

std::optional<Server> GuessLadder::best_in_clear() const {
  if (!allow_plaintext_) return std::nullopt;
  for (const auto& rung : rungs_) {
    if (rung.in_clear) return rung.in_clear;
  }
  return std::nullopt;
}

}  // namespace mailconf
