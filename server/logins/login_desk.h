// The look-ups of one source: remembered for a while, some at once, the others in a queue. The work is done by threads
// of its own, for which nobody waits: a directory that hangs costs those threads and nothing else.
//
// Safe from any thread.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "server/limits.h"
#include "server/logins/login_lookup.h"

namespace mailconf::server {

// What came of a look-up, for metrics and log.
struct LookUpNews {
  enum class Kind {
    found,
    absent,
    failed,
    refused,  // there are too many in the queue
  };
  Kind kind = Kind::failed;
  std::string sentence;  // when something is not as it was before; else empty
};

class LoginDesk {
 public:
  using Instant = std::chrono::steady_clock::time_point;
  using Clock = std::function<Instant()>;
  using Report = std::function<void(const LookUpNews&)>;
  // The name that somebody signs in with; nothing when nobody has the address.
  using Login = std::optional<std::string>;

  // `name` stands in sentences. `now` tells how old an answer is. `report` is called from any thread, and never after
  // end().
  LoginDesk(std::string name, std::shared_ptr<LoginLookup> lookup, const LoginLimits& limits, Clock now, Report report);
  ~LoginDesk() { end(); }
  LoginDesk(const LoginDesk&) = delete;
  LoginDesk& operator=(const LoginDesk&) = delete;

  // From memory; nothing when it must be looked up.
  [[nodiscard]] std::optional<Login> remembered(const EmailAddress& address) const;
  // It will be remembered, unless the look-up fails or there are too many to wait for.
  void look_up(const EmailAddress& address) const;

  // Begins no look-up any more.
  void end() const;
  // Until those that are under way are over. False when some hang: those are left alone.
  bool wait(std::chrono::steady_clock::time_point until) const;

 private:
  struct State;
  // Shared with the threads, which may outlive the desk.
  std::shared_ptr<State> state_;
};

}  // namespace mailconf::server
