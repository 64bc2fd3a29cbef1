#include "engine/login_plan.h"

#include <algorithm>
#include <fmt/core.h>

#include "engine/consent.h"

namespace mailconf {
namespace {

constexpr std::size_t most_attempts_a_server = 2;
constexpr std::size_t most_attempts = 3;

// Whoever is admitted by address or without a login has no password to check.
bool wants_login(const Server& server) { return std::ranges::any_of(server.authentication, is_login); }

std::string place(const Server& server) { return fmt::format("{}:{}", server.hostname, server.port); }

}  // namespace

LoginOutcome login_outcome(FailureKind kind) {
  switch (kind) {
    case FailureKind::certificate_bad:
      return LoginOutcome::bad_certificate;
    case FailureKind::tls_failed:
      return LoginOutcome::tls_failed;
    case FailureKind::nonsense:
    case FailureKind::too_large:
      return LoginOutcome::not_understood;
    default:
      return LoginOutcome::cannot_connect;
  }
}

LoginPlan::LoginPlan(const Configuration& shown, const EmailAddress& address,
                     std::shared_ptr<const Credentials> credentials)
    : credentials_(std::move(credentials)) {
  add(shown.incoming, ServerType::imap, address);
  const bool has_imap = !candidates_.empty();
  if (!has_imap) add(shown.incoming, ServerType::pop3, address);
  add(shown.outgoing, ServerType::smtp, address);
  if (has_imap) add(shown.incoming, ServerType::pop3, address);
}

// The first server of the type that is proven, and its neighbours' fault when there is none.
void LoginPlan::add(const std::vector<FoundServer>& servers, ServerType type, const EmailAddress& address) {
  const auto of_type = [type](const FoundServer& found) { return found.server.type == type; };
  const auto usable = [&](const FoundServer& found) {
    return of_type(found) && found.proof.outcome == ProofOutcome::proven &&
           found.server.socket_type != SocketType::plain;
  };
  auto found = std::ranges::find_if(servers, usable);
  const bool proven = found != servers.end();
  if (!proven) found = std::ranges::find_if(servers, of_type);
  if (found == servers.end()) return;
  auto names = names_for(*found, address);
  if (const auto& typed = credentials_->username; !typed.empty()) {
    std::erase(names, typed);
    names.insert(names.begin(), typed);
  }
  Candidate candidate{found->server, std::move(names), 0, LoginOutcome::not_tried, ""};
  if (!proven) {
    candidate.why_not = "the server has not proved itself";
  } else if (!wants_login(found->server)) {
    candidate.untried = LoginOutcome::not_needed;
    candidate.why_not = "the server wants no login";
  }
  candidates_.push_back(std::move(candidate));
}

std::optional<LoginQuestion> LoginPlan::next() {
  while (stopped_.empty() && current_ < candidates_.size() && !candidates_[current_].why_not.empty()) ++current_;
  if (!stopped_.empty() || current_ >= candidates_.size()) return std::nullopt;
  if (made_.size() == most_attempts) {
    stopped_ = "three attempts are enough";
    return std::nullopt;
  }
  auto& candidate = candidates_[current_];
  const auto known = std::ranges::find(candidate.names, accepted_name_);
  if (known != candidate.names.end()) std::rotate(candidate.names.begin(), known, known + 1);
  const auto& server = candidate.server;
  return LoginQuestion{
      {server.type, server.hostname, server.port, server.socket_type}, candidate.names.front(), credentials_};
}

void LoginPlan::on_answer(const Answer& answer, Duration elapsed) {
  auto& candidate = candidates_[current_];
  const std::string name = candidate.names.front();
  candidate.names.erase(candidate.names.begin());
  ++candidate.tried;
  LoginAttempt attempt{candidate.server, name, "", LoginOutcome::cannot_connect, "", elapsed};
  if (const auto* login = std::get_if<LoginAnswer>(&answer)) {
    attempt.outcome = login->outcome;
    attempt.mechanism = login->mechanism;
    attempt.reason = login->reason;
  } else if (const auto* failure = std::get_if<Failure>(&answer)) {
    attempt.outcome = login_outcome(failure->kind);
    attempt.reason = failure->detail;
  }
  made_.push_back(std::move(attempt));
  move_on();
}

void LoginPlan::move_on() {
  const auto& last = made_.back();
  const auto& candidate = candidates_[current_];
  switch (last.outcome) {
    case LoginOutcome::accepted:
      accepted_name_ = last.username;
      break;
    case LoginOutcome::refused:
      if (candidate.names.empty() || candidate.tried == most_attempts_a_server)
        stopped_ = fmt::format("{} refuses the login", place(last.server));
      return;
    case LoginOutcome::rate_limited:
      stopped_ = fmt::format("{} asks for patience", place(last.server));
      return;
    default:
      break;
  }
  ++current_;
}

void LoginPlan::stop(std::string reason) {
  if (stopped_.empty()) stopped_ = std::move(reason);
}

std::vector<LoginAttempt> LoginPlan::attempts() const {
  auto all = made_;
  for (const auto& candidate : candidates_) {
    if (candidate.tried > 0) continue;
    const auto& reason = candidate.why_not.empty() ? stopped_ : candidate.why_not;
    all.push_back({candidate.server, "", "", candidate.untried, reason, {}});
  }
  return all;
}

}  // namespace mailconf
