// Which logins are tried, with which names and in which order, and when to stop: a wrong password that is repeated
// locks accounts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "protocol/question.h"

namespace mailconf {

// At most two attempts a server and three in all. Reading comes before sending, a second protocol for reading last; the
// name that one server has accepted is the first for the next one. A refused password ends everything.
class LoginPlan {
 public:
  // Of `shown`, the servers that are proven. A name that the user typed comes first, then those of names_for().
  LoginPlan(const Configuration& shown, const EmailAddress& address, std::shared_ptr<const Credentials> credentials);

  // The login to try now; nothing when the plan is at its end. Answer it before asking for the next one.
  std::optional<LoginQuestion> next();
  void on_answer(const Answer& answer, Duration elapsed);
  // Nobody answers any more.
  void stop(std::string reason);

  // In order; servers that were left out are not_tried, with the reason.
  [[nodiscard]] std::vector<LoginAttempt> attempts() const;

 private:
  struct Candidate {
    Server server;
    std::vector<std::string> names;  // left to try
    std::size_t tried = 0;
    LoginOutcome untried = LoginOutcome::not_tried;
    std::string why_not;  // nothing is tried because of this
  };

  void add(const std::vector<FoundServer>& servers, ServerType type, const EmailAddress& address);
  void move_on();

  std::shared_ptr<const Credentials> credentials_;
  std::vector<Candidate> candidates_;
  std::size_t current_ = 0;
  std::string accepted_name_;
  std::vector<LoginAttempt> made_;
  std::string stopped_;  // why nothing more is tried
};

// What a connection that came to no login means.
LoginOutcome login_outcome(FailureKind kind);

}  // namespace mailconf
