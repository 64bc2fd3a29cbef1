// A conversation with a directory: over TLS with a checked certificate, or by a socket of this machine.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "mailconf/result.h"
#include "server/logins/ldap_deadline.h"
#include "server/logins/login_source.h"

struct ldap;

namespace mailconf::server {

class LdapConnection {
 public:
  // Connected, encrypted, and signed in where the source says as whom.
  static Result<std::unique_ptr<LdapConnection>> open(const LdapLoginSource& source);

  // The values of the attribute, of two entries at most. An error names the fault alone: what servers say beside it
  // may repeat the filter.
  Result<std::vector<std::string>> values(const std::string& filter);

 private:
  struct End {
    void operator()(ldap* handle) const;
  };
  using Handle = std::unique_ptr<ldap, End>;

  explicit LdapConnection(const LdapLoginSource& source) : source_(source) {}
  Result<void> begin();

  const LdapLoginSource& source_;
  LdapDeadline deadline_;
  Handle handle_;
};

}  // namespace mailconf::server
