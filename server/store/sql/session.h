// A conversation with a database: statements with values, which never become part of the text. What Poco throws is
// caught in Database.
#pragma once

#include <Poco/Data/Session.h>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/store/sql/dialect.h"

namespace mailconf::server {

class SqlSession {
 public:
  using Value = std::variant<std::int64_t, std::string>;
  using Values = std::vector<Value>;
  using Row = std::vector<std::string>;

  SqlSession(Poco::Data::Session& session, const Dialect& dialect) : session_(session), dialect_(dialect) {}

  // Values stand as "?" in the text.
  void run(std::string_view sql, const Values& values = {});
  // The one number that is asked for; nothing when there is no row.
  std::optional<std::int64_t> number(std::string_view sql, const Values& values = {});
  // Rows of `columns` texts; NULL is an empty one.
  std::vector<Row> rows(std::string_view sql, std::size_t columns, const Values& values = {});

  [[nodiscard]] Poco::Data::Session& poco() { return session_; }
  [[nodiscard]] const Dialect& dialect() const { return dialect_; }

 private:
  Poco::Data::Session& session_;
  const Dialect& dialect_;
};

}  // namespace mailconf::server
