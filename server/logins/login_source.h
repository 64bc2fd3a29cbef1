// Where names to sign in with are looked up, as [[logins]] of the configuration says:
//
//   name            what definitions call it
//   url             "sqlite:FILE", "postgresql://…" or "mysql://…", as in [store]; or "ldap://HOST", "ldaps://HOST",
//                   "ldapi://SOCKET"
//   query           of a database: a SELECT with one "?", which stands for the address
//   base, scope     of a directory: where people are, and how far below ("subtree", "one" or "base")
//   filter          with %EMAILADDRESS%, %EMAILLOCALPART% or %EMAILDOMAIN%
//   attribute       that holds the name
//   ca-file         whom to trust instead of the system's authorities
//   bind-dn, password-file   who asks; nobody in particular when left out
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <variant>

#include "server/logins/login_lookup.h"
#include "server/problem.h"
#include "server/store/sql/place.h"

namespace mailconf::server {

class TomlFields;

struct SqlLoginSource {
  SqlPlace place;
  std::string query;  // with one "?"
};

enum class LdapScope { subtree, one, base };

struct LdapLoginSource {
  std::string url;  // ldap: TLS by STARTTLS; ldaps; ldapi: a socket of this machine
  std::string base;
  LdapScope scope = LdapScope::subtree;
  std::string filter;  // with placeholders
  std::string attribute;
  std::filesystem::path ca_file;        // absolute; empty: the system's authorities
  std::string bind_dn;                  // empty: asks without a name
  std::filesystem::path password_file;  // absolute; empty without bind_dn
};

using LoginSource = std::variant<SqlLoginSource, LdapLoginSource>;
using LoginSources = std::map<std::string, LoginSource, std::less<>>;

// The tables [[logins]]; relative paths count from `base`.
LoginSources read_login_sources(TomlFields& configuration, const std::filesystem::path& base);

// Nothing is connected to yet.
std::shared_ptr<LoginLookup> open_logins(const LoginSource& source);

// Asks each for an address that nobody has.
Problems check_logins(const LoginSources& sources);

}  // namespace mailconf::server
