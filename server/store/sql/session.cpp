#include "server/store/sql/session.h"

#include <Poco/Data/Statement.h>

namespace mailconf::server {
namespace {

using Poco::Data::Statement;
namespace keywords = Poco::Data::Keywords;

std::string numbered(std::string_view sql) {
  std::string text;
  int count = 0;
  for (const char c : sql) c == '?' ? text += "$" + std::to_string(++count) : text += c;
  return text;
}

Statement prepared(Poco::Data::Session& session, const Dialect& dialect, std::string_view sql,
                   const SqlSession::Values& values) {
  Statement statement(session);
  statement << (dialect.numbered ? numbered(sql) : std::string(sql));
  for (const auto& value : values)
    std::visit([&](const auto& content) { statement.addBind(keywords::bind(content)); }, value);
  return statement;
}

}  // namespace

void SqlSession::run(std::string_view sql, const Values& values) {
  prepared(session_, dialect_, sql, values).execute();
}

std::optional<std::int64_t> SqlSession::number(std::string_view sql, const Values& values) {
  std::vector<Poco::Int64> found;
  auto statement = prepared(session_, dialect_, sql, values);
  statement.addExtract(keywords::into(found));
  statement.execute();
  return found.empty() ? std::nullopt : std::optional<std::int64_t>(found.front());
}

std::vector<SqlSession::Row> SqlSession::rows(std::string_view sql, std::size_t columns, const Values& values) {
  std::vector<std::vector<std::string>> found(columns);
  auto statement = prepared(session_, dialect_, sql, values);
  for (auto& column : found) statement.addExtract(keywords::into(column));
  statement.execute();
  std::vector<Row> rows(found.front().size(), Row(columns));
  for (std::size_t column = 0; column < columns; ++column) {
    for (std::size_t row = 0; row < rows.size(); ++row) rows[row][column] = std::move(found[column][row]);
  }
  return rows;
}

}  // namespace mailconf::server
