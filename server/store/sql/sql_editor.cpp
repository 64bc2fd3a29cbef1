#include "server/store/sql/sql_editor.h"

#include <fmt/core.h>

#include "server/store/issuer_place.h"
#include "server/store/sql/schema.h"

namespace mailconf::server {
namespace {

constexpr std::size_t listed_at_once = 1'000;

// Takes the lock that every writer takes first, so that versions show in their order.
std::int64_t next_version(SqlSession& session) {
  session.run("UPDATE mailconf_state SET version = version + 1");
  return session.number("SELECT version FROM mailconf_state").value_or(0);
}

// Whose domain it is: nothing when it has no row, an empty name when it was removed.
std::optional<std::string> owner_of(SqlSession& session, const std::string& domain) {
  const auto rows = session.rows("SELECT COALESCE(definition, '') FROM mailconf_domain WHERE name = ?", 1, {domain});
  if (rows.empty()) return std::nullopt;
  return rows.front()[0];
}

void drop(SqlSession& session, const std::string& name, std::int64_t version) {
  session.run("UPDATE mailconf_domain SET definition = NULL, version = ? WHERE definition = ?", {version, name});
  session.run("DELETE FROM mailconf_definition WHERE name = ?", {name});
}

Result<void> put(SqlSession& session, const NewDefinition& added, std::int64_t version) {
  const auto& provider = added.definition.settings.provider;
  const auto& name = provider.domains.front().ascii();
  drop(session, name, version);
  session.run("INSERT INTO mailconf_definition (name, content, issuer, claims_mail) VALUES (?, ?, ?, ?)",
              {name, added.text, issuer_place(added.definition), std::int64_t{provider.mx_domains.empty() ? 0 : 1}});
  for (const auto& domain : provider.domains) {
    const auto owner = owner_of(session, domain.ascii());
    if (owner && !owner->empty()) return taken_by(domain, *owner);
    session.run(owner ? "UPDATE mailconf_domain SET definition = ?, version = ? WHERE name = ?"
                      : "INSERT INTO mailconf_domain (definition, version, name) VALUES (?, ?, ?)",
                {name, version, domain.ascii()});
  }
  return {};
}

// Leaves a transaction that is not to be committed; what it says has been kept elsewhere.
struct TakenBack : std::exception {};

}  // namespace

Result<void> SqlEditor::change(const std::function<Result<void>(SqlSession&)>& work) {
  Result<void> outcome;
  const auto done = database_.patiently([&](SqlSession& session) {
    outcome = update_schema(session, database_.place().name);
    if (outcome) outcome = work(session);
    if (!outcome) throw TakenBack();
  });
  return outcome ? done : outcome;
}

Result<void> SqlEditor::must_exist() const {
  const auto& place = database_.place();
  if (place.file.empty() || std::filesystem::exists(place.file)) return {};
  return fail(ErrorCode::io, place.name, "does not exist; \"mailconf domain add\" makes it");
}

Result<void> SqlEditor::add(const std::vector<NewDefinition>& definitions) {
  return change([&](SqlSession& session) -> Result<void> {
    const auto version = next_version(session);
    for (const auto& added : definitions) {
      if (auto outcome = put(session, added, version); !outcome) return outcome;
    }
    return {};
  });
}

Result<void> SqlEditor::list(const std::function<void(const ListedDomain&)>& tell) {
  if (auto missing = must_exist(); !missing) return missing;
  const auto sql = fmt::format(
      "SELECT name, definition FROM mailconf_domain WHERE definition IS NOT NULL AND name > ? ORDER BY name LIMIT {}",
      listed_at_once);
  // A transaction a page: whoever reads the list slowly keeps no writer waiting.
  std::vector<SqlSession::Row> rows;
  std::string last;
  do {
    const auto read = change([&](SqlSession& session) -> Result<void> {
      rows = session.rows(sql, 2, {last});
      return {};
    });
    if (!read) return read;
    for (const auto& row : rows) tell({row[0], row[1]});
    if (!rows.empty()) last = rows.back()[0];
  } while (rows.size() == listed_at_once);
  return {};
}

Result<std::optional<std::string>> SqlEditor::text_of(const DomainName& domain) {
  if (const auto missing = must_exist(); !missing) return tl::unexpected(missing.error());
  std::optional<std::string> text;
  const auto done = change([&](SqlSession& session) -> Result<void> {
    const auto rows = session.rows(
        "SELECT content FROM mailconf_definition WHERE name = (SELECT definition FROM mailconf_domain WHERE name = ?)",
        1, {domain.ascii()});
    if (!rows.empty()) text = rows.front()[0];
    return {};
  });
  if (!done) return tl::unexpected(done.error());
  return text;
}

Result<bool> SqlEditor::remove(const DomainName& domain) {
  if (const auto missing = must_exist(); !missing) return tl::unexpected(missing.error());
  bool found = false;
  const auto done = change([&](SqlSession& session) -> Result<void> {
    const auto owner = owner_of(session, domain.ascii()).value_or("");
    if (owner.empty()) return {};
    if (owner != domain.ascii()) return is_alias(domain, owner);
    found = true;
    drop(session, owner, next_version(session));
    return {};
  });
  if (!done) return tl::unexpected(done.error());
  return found;
}

}  // namespace mailconf::server
