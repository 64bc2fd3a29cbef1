#include "server/logins/sql_logins.h"

#include <Poco/Exception.h>
#include <fmt/core.h>

namespace mailconf::server {
namespace {

// Two rows are enough to see that there is more than one; the address is a value and never part of the text.
std::string with_bound(const std::string& query) {
  return fmt::format("SELECT * FROM ({}) AS looked_up LIMIT 2", query);
}

}  // namespace

SqlLogins::SqlLogins(const SqlLoginSource& source)
    : database_(source.place, source.place.dialect->for_look_ups), query_(with_bound(source.query)) {}

Result<std::optional<std::string>> SqlLogins::look_up(const EmailAddress& address) {
  const auto& file = database_.place().file;
  if (!file.empty() && !std::filesystem::exists(file))
    return fail(ErrorCode::io, database_.place().name, "does not exist");
  std::vector<SqlSession::Row> rows;
  const auto read = database_.read([&](SqlSession& session) {
    try {
      rows = session.rows(query_, 1, {address.text()});
    } catch (const Poco::Exception&) {
      // What databases say of a query repeats its values.
      throw Poco::RuntimeException("the query cannot be carried out");
    }
  });
  if (!read) return tl::unexpected(read.error());
  if (rows.size() != 1 || rows.front()[0].empty()) return std::nullopt;
  return std::move(rows.front()[0]);
}

}  // namespace mailconf::server
