#include "server/logins/logins.h"

#include <algorithm>

namespace mailconf::server {
namespace {

// What clients write when they ask for no one in particular (Evolution), and replace afterwards.
constexpr std::string_view names_of_nobody[] = {"EVOLUTIONUSER"};

bool names_somebody(const EmailAddress& address) {
  return std::ranges::find(names_of_nobody, address.local_part()) == std::end(names_of_nobody);
}

}  // namespace

Logins::Logins(const Lookups& lookups, const LoginLimits& limits, const LoginDesk::Clock& now,
               const LoginDesk::Report& report)
    : limits_(limits) {
  for (const auto& [name, lookup] : lookups) desks_.try_emplace(name, name, lookup, limits, now, report);
}

Logins::Login Logins::of(std::string_view source, const EmailAddress& address) {
  const auto until = std::chrono::steady_clock::now() + limits_.answer_time;
  const auto desk = desks_.find(source);
  if (desk == desks_.end()) return std::nullopt;
  auto login = desk->second.remembered(address);
  if (!login && names_somebody(address)) desk->second.look_up(address);
  if (!wait(until)) return std::nullopt;
  if (!login) login = desk->second.remembered(address);
  return login.value_or(std::nullopt);
}

bool Logins::wait(std::chrono::steady_clock::time_point until) {
  std::unique_lock lock(mutex_);
  if (waiting_ >= limits_.waiting) return false;
  ++waiting_;
  stopped_.wait_until(lock, stop_.get_token(), until, [] { return false; });
  --waiting_;
  return true;
}

bool Logins::stop() {
  stop_.request_stop();
  for (const auto& [name, desk] : desks_) desk.end();
  const auto until = std::chrono::steady_clock::now() + limits_.end_time;
  bool ended = true;
  for (const auto& [name, desk] : desks_) ended = desk.wait(until) && ended;
  return ended;
}

std::size_t Logins::waiting() const {
  const std::lock_guard lock(mutex_);
  return waiting_;
}

}  // namespace mailconf::server
