#include "server/store/sql/schema.h"

#include <array>

namespace mailconf::server {
namespace {

using Statements = std::vector<std::string_view>;

// What is written here has been carried out somewhere: changes are new migrations at the end. {name}, {text} and {end}
// stand for the words of the dialect. A database without transactions round CREATE begins again where it stopped.
const std::array<Statements, 1> migrations{Statements{
    "CREATE TABLE IF NOT EXISTS mailconf_definition (name {name} NOT NULL PRIMARY KEY, content {text} NOT NULL, issuer "
    "{name} NOT NULL, claims_mail INTEGER NOT NULL){end}",
    "CREATE INDEX IF NOT EXISTS mailconf_definition_issuer ON mailconf_definition (issuer)",
    "CREATE INDEX IF NOT EXISTS mailconf_definition_claims ON mailconf_definition (claims_mail)",
    "CREATE TABLE IF NOT EXISTS mailconf_domain (name {name} NOT NULL PRIMARY KEY, definition {name} NULL, version "
    "BIGINT NOT NULL){end}",
    "CREATE INDEX IF NOT EXISTS mailconf_domain_definition ON mailconf_domain (definition)",
    "CREATE INDEX IF NOT EXISTS mailconf_domain_version ON mailconf_domain (version)",
    "CREATE TABLE IF NOT EXISTS mailconf_state (version BIGINT NOT NULL){end}",
    "INSERT INTO mailconf_state (version) SELECT 1 WHERE NOT EXISTS (SELECT version FROM mailconf_state)",
}};

std::string in_dialect(std::string_view statement, const Dialect& dialect) {
  const std::array<std::pair<std::string_view, std::string_view>, 3> words{
      {{"{name}", dialect.name_type}, {"{text}", dialect.text_type}, {"{end}", dialect.table_end}}};
  std::string text(statement);
  for (const auto& [mark, word] : words) {
    for (auto at = text.find(mark); at != text.npos; at = text.find(mark, at)) text.replace(at, mark.size(), word);
  }
  return text;
}

}  // namespace

Result<void> update_schema(SqlSession& session, const std::string& database) {
  const auto newest = static_cast<std::int64_t>(migrations.size());
  if (session.number(session.dialect().has_schema).value_or(0) == 0) {
    session.run(in_dialect("CREATE TABLE mailconf_schema (number INTEGER NOT NULL){end}", session.dialect()));
    session.run("INSERT INTO mailconf_schema (number) VALUES (0)");
  }
  const auto number = session.number("SELECT number FROM mailconf_schema").value_or(0);
  if (number > newest)
    return fail(ErrorCode::io, database, "was written by a newer mailconfd, which must be used to read it");
  for (auto next = number; next < newest; ++next) {
    for (const auto statement : migrations[static_cast<std::size_t>(next)])
      session.run(in_dialect(statement, session.dialect()));
    session.run("UPDATE mailconf_schema SET number = ?", {next + 1});
  }
  return {};
}

}  // namespace mailconf::server
