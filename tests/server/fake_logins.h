// A directory of people for the server to ask.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "server/logins/login_lookup.h"

namespace mailconf::testing {

// Addresses that it was not told about are nobody's.
class FakeLogins : public server::LoginLookup {
 public:
  Result<std::optional<std::string>> look_up(const EmailAddress& address) override;

  void signs_in_as(const std::string& address, const std::string& login);
  void can_be_asked(bool possible);
  // In order of arrival.
  [[nodiscard]] std::vector<std::string> questions() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::string> logins_;
  std::vector<std::string> questions_;
  bool possible_ = true;
};

// The same, but every answer is held back until it is released.
class HeldLogins : public FakeLogins {
 public:
  Result<std::optional<std::string>> look_up(const EmailAddress& address) override;

  void wait_for(std::size_t arrived);
  void release();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t arrived_ = 0;
  bool released_ = false;
};

}  // namespace mailconf::testing
