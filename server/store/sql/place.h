// Where a database is, from the URL of a store.
#pragma once

#include <filesystem>
#include <string>

#include "mailconf/result.h"
#include "server/store/sql/dialect.h"

namespace mailconf::server {

struct SqlPlace {
  const Dialect* dialect = nullptr;
  std::string connection;      // as Poco's connector wants it; holds the password
  std::string password;        // which no message may hold; empty when the URL has none
  std::string name;            // for messages: without user name and password
  std::filesystem::path file;  // of SQLite; else empty
};

// Whether it is one of those below, and says where.
bool is_sql_url(std::string_view url);

// "sqlite:FILE", "postgresql://[USER[:PASSWORD]@][HOST[:PORT]]/DATABASE[?sslrootcert=FILE]" or "mysql://…" likewise.
// The certificate of a PostgreSQL server that is not on this machine is checked; Poco's connector for MySQL knows no
// TLS, so that such a server must be on this machine.
Result<SqlPlace> sql_place(const std::string& url, const std::filesystem::path& base);

}  // namespace mailconf::server
