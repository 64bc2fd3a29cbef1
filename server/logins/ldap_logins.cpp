#include "server/logins/ldap_logins.h"

#include "server/logins/ldap_connection.h"
#include "server/logins/ldap_filter.h"

namespace mailconf::server {
namespace {

// Of two entries, and of two values of one entry (RFC 4511 §4.1.7: a set), neither is the first.
Result<std::optional<std::string>> only_one(Result<std::vector<std::string>> values) {
  if (!values) return tl::unexpected(values.error());
  if (values->size() != 1) return std::nullopt;
  return std::move(values->front());
}

}  // namespace

LdapLogins::LdapLogins(LdapLoginSource source) : source_(std::move(source)) {}
LdapLogins::~LdapLogins() = default;

Result<std::optional<std::string>> LdapLogins::look_up(const EmailAddress& address) {
  const auto filter = filter_for(source_.filter, address);
  // A server may have closed what was idle: that is seen by asking, and worth another connection.
  if (auto connection = idle()) {
    if (auto values = connection->values(filter)) {
      give_back(std::move(connection));
      return only_one(std::move(values));
    }
  }
  auto connection = LdapConnection::open(source_);
  if (!connection) return tl::unexpected(connection.error());
  auto values = (*connection)->values(filter);
  if (values) give_back(*std::move(connection));
  return only_one(std::move(values));
}

std::unique_ptr<LdapConnection> LdapLogins::idle() {
  const std::lock_guard lock(mutex_);
  if (idle_.empty()) return nullptr;
  auto connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

void LdapLogins::give_back(std::unique_ptr<LdapConnection> connection) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(connection));
}

}  // namespace mailconf::server
