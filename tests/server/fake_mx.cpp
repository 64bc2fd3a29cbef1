#include "server/fake_mx.h"

#include <algorithm>
#include <limits>

namespace mailconf::testing {

MailHosts FakeMx::look_up(const DomainName& domain, const std::stop_token&) {
  const std::lock_guard lock(mutex_);
  questions_.push_back(domain.ascii());
  const auto found = answers_.find(domain.ascii());
  return found == answers_.end() ? MailHosts{Outcome::absent, "no such record", {}} : found->second;
}

void FakeMx::mail_goes_to(const std::string& domain, const std::vector<std::string>& hosts) {
  MailHosts mail{Outcome::found, "", {}};
  for (const auto& host : hosts) mail.hosts.push_back(*DomainName::parse(host));
  const std::lock_guard lock(mutex_);
  answers_[domain] = mail;
}

void FakeMx::cannot_be_asked(const std::string& domain) {
  const std::lock_guard lock(mutex_);
  answers_[domain] = {Outcome::unknown, "SERVFAIL", {}};
}

std::vector<std::string> FakeMx::questions() const {
  const std::lock_guard lock(mutex_);
  return questions_;
}

MailHosts HeldMx::look_up(const DomainName& domain, const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  ++arrived_;
  most_ = std::max(most_, ++present_);
  changed_.notify_all();
  const bool may_answer = changed_.wait(lock, stop, [this] { return released_ > 0; });
  --present_;
  if (!may_answer) return {Outcome::unknown, "cancelled", {}};
  --released_;
  return FakeMx::look_up(domain, stop);
}

void HeldMx::wait_for(std::size_t arrived) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return arrived_ >= arrived; });
}

void HeldMx::release(std::size_t count) {
  const std::lock_guard lock(mutex_);
  released_ += count;
  changed_.notify_all();
}

void HeldMx::release_all() { release(std::numeric_limits<std::size_t>::max() / 2); }

std::size_t HeldMx::most_at_once() const {
  const std::lock_guard lock(mutex_);
  return most_;
}

}  // namespace mailconf::testing
