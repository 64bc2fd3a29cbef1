// Names to sign in with, from a database.
#pragma once

#include "server/logins/login_source.h"
#include "server/store/sql/database.h"

namespace mailconf::server {

class SqlLogins : public LoginLookup {
 public:
  explicit SqlLogins(const SqlLoginSource& source);
  Result<std::optional<std::string>> look_up(const EmailAddress& address) override;

 private:
  Database database_;
  const std::string query_;
};

}  // namespace mailconf::server
