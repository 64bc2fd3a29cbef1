#include "server/fake_logins.h"

namespace mailconf::testing {

Result<std::optional<std::string>> FakeLogins::look_up(const EmailAddress& address) {
  const std::lock_guard lock(mutex_);
  questions_.push_back(address.text());
  if (!possible_) return fail(ErrorCode::io, "ldaps://directory.example", "cannot be asked: Can't contact LDAP server");
  const auto found = logins_.find(address.text());
  return found == logins_.end() ? std::nullopt : std::optional(found->second);
}

void FakeLogins::signs_in_as(const std::string& address, const std::string& login) {
  const std::lock_guard lock(mutex_);
  logins_[address] = login;
}

void FakeLogins::can_be_asked(bool possible) {
  const std::lock_guard lock(mutex_);
  possible_ = possible;
}

std::vector<std::string> FakeLogins::questions() const {
  const std::lock_guard lock(mutex_);
  return questions_;
}

Result<std::optional<std::string>> HeldLogins::look_up(const EmailAddress& address) {
  std::unique_lock lock(mutex_);
  ++arrived_;
  changed_.notify_all();
  changed_.wait(lock, [this] { return released_; });
  return FakeLogins::look_up(address);
}

void HeldLogins::wait_for(std::size_t arrived) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return arrived_ >= arrived; });
}

void HeldLogins::release() {
  const std::lock_guard lock(mutex_);
  released_ = true;
  changed_.notify_all();
}

}  // namespace mailconf::testing
