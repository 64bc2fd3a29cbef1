#include "exit_status.h"

#include <algorithm>
#include <array>

namespace mailconf::cli {
namespace {

// In the order of Status; `found` is usable when the trust suffices.
constexpr std::array<int, 11> kStatuses{kUsable,  kNotEnough,    kNotEnough,    kNotEnough,    kNotEnough, kNothing,
                                        kNothing, kCouldNotTell, kCouldNotTell, kCouldNotTell, kBadUsage};

// What one port says about its host.
int status_of_port(const ProbedPort& port) {
  switch (port.proof.outcome) {
    case ProofOutcome::proven:
      return port.server.socket_type == SocketType::plain ? kNotEnough : kUsable;
    case ProofOutcome::refused:
      return kNothing;
    case ProofOutcome::unreachable:
    case ProofOutcome::not_tried:
      return kCouldNotTell;
  }
  return kCouldNotTell;
}

}  // namespace

int exit_status(const Report& report, Trust required) {
  const int status = kStatuses.at(static_cast<std::size_t>(report.status));
  return status == kUsable && report.best.trust < required ? kNotEnough : status;
}

int exit_status(const std::vector<ProbedPort>& ports) {
  constexpr std::array kBestFirst{kUsable, kNotEnough, kNothing};
  for (const int status : kBestFirst) {
    const auto says = [status](const ProbedPort& port) { return status_of_port(port) == status; };
    if (std::any_of(ports.begin(), ports.end(), says)) return status;
  }
  return kCouldNotTell;
}

int exit_status(const std::vector<LoginAttempt>& attempts) {
  const auto any = [&](LoginOutcome outcome) {
    return std::ranges::count(attempts, outcome, &LoginAttempt::outcome) > 0;
  };
  const auto works = [&](bool sending) {
    return std::ranges::any_of(attempts, [&](const LoginAttempt& attempt) {
      const bool fine = attempt.outcome == LoginOutcome::accepted || attempt.outcome == LoginOutcome::not_needed;
      return fine && (attempt.server.type == ServerType::smtp) == sending;
    });
  };
  if (any(LoginOutcome::refused)) return kNothing;
  if (works(true) && works(false)) return kUsable;
  if (any(LoginOutcome::accepted)) return kNotEnough;
  const bool definite =
      any(LoginOutcome::no_mechanism) || any(LoginOutcome::bad_certificate) || any(LoginOutcome::tls_failed);
  return definite ? kNothing : kCouldNotTell;
}

int exit_status(const Prediction& prediction) {
  const auto answered = [](const SimulatedRequest& request) {
    return request.outcome == Outcome::found || request.outcome == Outcome::absent;
  };
  const bool offline = !prediction.found && std::ranges::none_of(prediction.requests, answered);
  if (!prediction.ended || offline) return kCouldNotTell;
  if (!prediction.found) return kNothing;
  return prediction.encrypted() && !prediction.told_in_clear() ? kUsable : kNotEnough;
}

int worse(int a, int b) { return std::max(a, b); }

}  // namespace mailconf::cli
