// Names to sign in with, from a directory.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "server/logins/login_source.h"

namespace mailconf::server {

class LdapConnection;

class LdapLogins : public LoginLookup {
 public:
  explicit LdapLogins(LdapLoginSource source);
  ~LdapLogins() override;
  Result<std::optional<std::string>> look_up(const EmailAddress& address) override;

 private:
  std::unique_ptr<LdapConnection> idle();
  void give_back(std::unique_ptr<LdapConnection> connection);

  const LdapLoginSource source_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<LdapConnection>> idle_;
};

}  // namespace mailconf::server
