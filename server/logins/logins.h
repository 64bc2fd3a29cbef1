// What the users of a domain sign in with, where its definition says that it is looked up.
//
// Nobody shall learn from the time of an answer whether somebody exists: each takes the same time, whether the name was
// remembered, found, not found, could not be asked for or did not come in time. Where there is none, what is published
// for everybody stands, whatever the reason. The names themselves do tell: one that is not made of the address shows
// that there is such a user.
//
// Safe from any thread.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <stop_token>

#include "server/logins/login_desk.h"

namespace mailconf::server {

class Logins {
 public:
  using Login = LoginDesk::Login;
  using Lookups = std::map<std::string, std::shared_ptr<LoginLookup>, std::less<>>;

  Logins(const Lookups& lookups, const LoginLimits& limits, const LoginDesk::Clock& now,
         const LoginDesk::Report& report);

  ~Logins() { stop(); }
  Logins(const Logins&) = delete;
  Logins& operator=(const Logins&) = delete;

  // `source` as a definition calls it; empty when nothing is looked up. Comes when the time of LoginLimits is over, and
  // earlier only where nothing is looked up, where more wait than may, and once stop() was called.
  Login of(std::string_view source, const EmailAddress& address);

  // Ends every wait, and waits a moment for look-ups that are under way. False when some hang on, in threads that are
  // left to themselves.
  bool stop();

  // Callers that wait for their time.
  [[nodiscard]] std::size_t waiting() const;

 private:
  // False when too many wait already.
  bool wait(std::chrono::steady_clock::time_point until);

  const LoginLimits limits_;
  std::map<std::string, LoginDesk, std::less<>> desks_;
  mutable std::mutex mutex_;
  std::condition_variable_any stopped_;
  std::stop_source stop_;
  std::size_t waiting_ = 0;
};

}  // namespace mailconf::server
