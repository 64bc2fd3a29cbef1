#include "server/store/sql/sql_store.h"

#include <algorithm>
#include <fmt/core.h>
#include <map>

#include "server/store/definition_toml.h"
#include "server/store/sql/schema.h"

namespace mailconf::server {
namespace {

// When so many have changed, everything is read again as it is asked for.
constexpr std::size_t most_changes = 10'000;
// Definitions of 2 KiB each, read at a time.
constexpr std::size_t page_size = 1'000;

void take(LoadedDefinitions& loaded, const SqlSession::Row& row) {
  auto read = read_definition(row[0], row[1]);
  std::ranges::move(read.problems, std::back_inserter(loaded.problems));
  if (read.definition)
    loaded.definitions.push_back(*std::move(read.definition));
  else
    loaded.refused.push_back(row[0]);
}

void load_whole(SqlSession& session, LoadedDefinitions& loaded) {
  const auto sql =
      fmt::format("SELECT name, content FROM mailconf_definition WHERE name > ? ORDER BY name LIMIT {}", page_size);
  for (std::string last;;) {
    const auto rows = session.rows(sql, 2, {last});
    for (const auto& row : rows) take(loaded, row);
    if (rows.size() < page_size) return;
    last = rows.back()[0];
  }
}

std::vector<DomainName> domains_in(const std::vector<SqlSession::Row>& rows) {
  std::vector<DomainName> domains;
  for (const auto& row : rows) {
    if (auto domain = DomainName::parse(row[0])) domains.push_back(*std::move(domain));
  }
  return domains;
}

// Nothing when there are too many.
std::optional<std::vector<DomainName>> changed_since(SqlSession& session, std::int64_t version) {
  if (version == 0) return std::nullopt;
  const auto sql = fmt::format("SELECT name FROM mailconf_domain WHERE version > ? LIMIT {}", most_changes + 1);
  const auto rows = session.rows(sql, 1, {version});
  if (rows.size() > most_changes) return std::nullopt;
  return domains_in(rows);
}

std::optional<DomainName> sole_definition(SqlSession& session) {
  const auto rows = session.rows("SELECT name FROM mailconf_definition LIMIT 2", 1);
  if (rows.size() != 1) return std::nullopt;
  const auto domain = DomainName::parse(rows.front()[0]);
  return domain ? std::optional(*domain) : std::nullopt;
}

}  // namespace

// Those with mxDomains, and of each issuer the first. Asked for one after the other: with OR between them, databases
// read the whole table.
void SqlStore::load_part(SqlSession& session, LoadedDefinitions& loaded) {
  std::map<std::string, SqlSession::Row> by_name;
  for (const auto sql : {"SELECT name, content FROM mailconf_definition WHERE claims_mail = 1",
                         "SELECT name, content FROM mailconf_definition WHERE name IN (SELECT MIN(name) FROM "
                         "mailconf_definition WHERE issuer > '' GROUP BY issuer)"}) {
    for (auto& row : session.rows(sql, 2)) by_name.insert_or_assign(row[0], row);
  }
  for (const auto& [name, row] : by_name) take(loaded, row);
  Remainder remainder;
  const auto count = session.number("SELECT COUNT(*) FROM mailconf_domain WHERE definition IS NOT NULL");
  remainder.domains = static_cast<std::size_t>(count.value_or(0));
  remainder.sole = sole_definition(session);
  remainder.changed = changed_since(session, version_);
  loaded.remainder = std::move(remainder);
}

Result<LoadedDefinitions> SqlStore::load() {
  const auto& place = database_.place();
  if (!place.file.empty() && !std::filesystem::exists(place.file))
    return fail(ErrorCode::io, place.name, "does not exist; \"mailconf domain add\" makes it");
  LoadedDefinitions loaded;
  std::int64_t version = 0;
  Result<void> schema;
  const auto read = database_.patiently([&](SqlSession& session) {
    schema = update_schema(session, place.name);
    if (!schema) return;
    // Before the rest: what is written meanwhile is then read once more.
    version = session.number("SELECT version FROM mailconf_state").value_or(0);
    reading_ == Reading::whole ? load_whole(session, loaded) : load_part(session, loaded);
  });
  if (!read) return tl::unexpected(read.error());
  if (!schema) return tl::unexpected(schema.error());
  version_ = version;
  return loaded;
}

Result<bool> SqlStore::has_changed() {
  if (version_ == 0) return true;
  std::optional<std::int64_t> version;
  const auto read =
      database_.patiently([&](SqlSession& session) { version = session.number("SELECT version FROM mailconf_state"); });
  if (!read) return tl::unexpected(read.error());
  return version != version_;
}

Result<std::optional<ReadDefinition>> SqlStore::find(const DomainName& domain) {
  std::vector<SqlSession::Row> rows;
  const auto read = database_.read([&](SqlSession& session) {
    rows = session.rows(
        "SELECT mailconf_definition.name, content FROM mailconf_domain JOIN mailconf_definition ON "
        "mailconf_definition.name = mailconf_domain.definition WHERE mailconf_domain.name = ?",
        2, {domain.ascii()});
  });
  if (!read) return tl::unexpected(read.error());
  if (rows.empty()) return std::nullopt;
  return read_definition(rows.front()[0], rows.front()[1]);
}

Result<std::vector<DomainName>> SqlStore::names(const std::optional<DomainName>& after, std::size_t most) {
  const auto sql = fmt::format(
      "SELECT name FROM mailconf_domain WHERE definition IS NOT NULL AND name > ? ORDER BY name LIMIT {}", most);
  std::vector<SqlSession::Row> rows;
  const auto read =
      database_.read([&](SqlSession& session) { rows = session.rows(sql, 1, {after ? after->ascii() : ""}); });
  if (!read) return tl::unexpected(read.error());
  return domains_in(rows);
}

}  // namespace mailconf::server
