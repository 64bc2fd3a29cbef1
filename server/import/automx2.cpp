#include "server/import/automx2.h"

#include <Poco/Exception.h>
#include <Poco/URI.h>
#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fmt/core.h>
#include <map>

#include "server/domain_command.h"
#include "server/store/definition_writer.h"
#include "server/store/sql/database.h"

namespace mailconf::server {
namespace {

using Row = SqlSession::Row;
using Rows = std::vector<Row>;

// More than that is no table of mail servers.
constexpr int most_rows = 1'000'000;

struct Tables {
  Rows domains;                             // id, name, provider, its name, its short name, the LDAP server or ""
  std::map<std::string, Rows> servers;      // by domain: type, name, port, socket type, user name, authentication
  std::map<std::string, Rows> dav_servers;  // by domain: type, URL, port, whether by TLS, user name
};

bool has(SqlSession& session, std::string_view sql, const SqlSession::Values& values) {
  return session.number(sql, values).value_or(0) > 0;
}

bool has_table(SqlSession& session, const std::string& name) {
  return has(session, "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = ?", {name});
}

std::map<std::string, Rows> by_first_column(Rows rows) {
  std::map<std::string, Rows> grouped;
  for (auto& row : rows) {
    const auto domain = row.front();
    row.erase(row.begin());
    grouped[domain].push_back(std::move(row));
  }
  return grouped;
}

// The priority came with 2021, calendars with 2025.
Tables read_tables(SqlSession& session) {
  const bool has_priority = has(session, "SELECT COUNT(*) FROM pragma_table_info('server') WHERE name = ?", {"prio"});
  Tables tables;
  tables.domains =
      session.rows(fmt::format("SELECT CAST(d.id AS TEXT), d.name, CAST(d.provider_id AS TEXT), COALESCE(p.name, ''), "
                               "COALESCE(p.short_name, ''), COALESCE(CAST(d.ldapserver_id AS TEXT), '') "
                               "FROM domain d LEFT JOIN provider p ON p.id = d.provider_id ORDER BY d.id LIMIT {}",
                               most_rows),
                   6);
  tables.servers = by_first_column(
      session.rows(fmt::format("SELECT CAST(m.domain_id AS TEXT), s.type, s.name, CAST(s.port AS TEXT), s.socket_type, "
                               "COALESCE(s.user_name, ''), COALESCE(s.authentication, '') "
                               "FROM server_domain m JOIN server s ON s.id = m.server_id ORDER BY {} LIMIT {}",
                               has_priority ? "s.prio, s.id" : "s.id", most_rows),
                   7));
  if (!has_table(session, "davserver")) return tables;
  tables.dav_servers = by_first_column(session.rows(
      fmt::format("SELECT CAST(m.domain_id AS TEXT), s.type, s.url, CAST(s.port AS TEXT), CAST(s.use_ssl AS TEXT), "
                  "COALESCE(s.user_name, '') "
                  "FROM davserver_domain m JOIN davserver s ON s.id = m.davserver_id ORDER BY s.id LIMIT {}",
                  most_rows),
      6));
  return tables;
}

Result<Tables> tables_of(const std::string& file) {
  if (!std::filesystem::is_regular_file(file)) return fail(ErrorCode::io, file, "cannot be read: is no file");
  // A name, and not a URL of SQLite's with options.
  Database database({&sqlite, std::filesystem::absolute(file).string(), "", file, file});
  Tables tables;
  bool known = true;
  const auto done = database.read([&](SqlSession& session) {
    constexpr const char* needed[] = {"provider", "server", "domain", "server_domain"};
    known = std::ranges::all_of(needed, [&](const char* table) { return has_table(session, table); });
    if (known) tables = read_tables(session);
  });
  if (!done) return tl::unexpected(done.error());
  if (!known) return fail(ErrorCode::bad_document, file, "is no database of automx2");
  return tables;
}

struct ServerKind {
  std::string_view name;
  ServerType type;
};
constexpr ServerKind server_kinds[] = {
    {"imap", ServerType::imap}, {"pop", ServerType::pop3}, {"pop3", ServerType::pop3}, {"smtp", ServerType::smtp}};
struct ServiceKind {
  std::string_view name;
  ServiceType type;
};
constexpr ServiceKind service_kinds[] = {{"caldav", ServiceType::caldav}, {"carddav", ServiceType::carddav}};

std::uint16_t port_of(const std::string& text) {
  std::uint16_t port = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), port);
  return fault == std::errc() && end == text.data() + text.size() ? port : std::uint16_t{0};
}

// What the tables say of one domain; `where` names it for those who read of what was lost.
class DomainReader {
 public:
  DomainReader(std::string where, Imports& imports) : where_(std::move(where)), imports_(imports) {}

  void read_server(const Row& row, Settings& settings) {
    const auto* const kind = std::ranges::find(server_kinds, row[0], &ServerKind::name);
    if (kind == std::end(server_kinds)) return leave_out(row, "its type is not known");
    const auto socket = parse_socket_type(row[3]);
    if (!socket) return leave_out(row, fmt::format("\"{}\" is no socket type", row[3]));
    const auto authentication = parse_authentication(row[5]);
    if (!authentication) return leave_out(row, fmt::format("\"{}\" is no way to sign in", row[5]));
    auto& list = kind->type == ServerType::smtp ? settings.outgoing : settings.incoming;
    list.push_back({kind->type, row[1], port_of(row[2]), *socket, {*authentication}, row[4], ""});
  }

  void read_service(const Row& row, Settings& settings) {
    const auto* const kind = std::ranges::find(service_kinds, row[0], &ServiceKind::name);
    if (kind == std::end(service_kinds)) return leave_out(row, "its type is not known");
    if (row[3] == "0") return leave_out(row, "it has no encryption");
    auto url = with_port(row[1], port_of(row[2]));
    if (url.empty()) return leave_out(row, "its URL cannot be read");
    settings.services.push_back({.type = kind->type,
                                 .url = std::move(url),
                                 .hostname = {},
                                 .port = 0,
                                 .socket_type = SocketType::ssl,
                                 .authentication = {Authentication::http_basic},
                                 .username = row[4]});
  }

 private:
  void leave_out(const Row& row, const std::string& reason) {
    imports_.warn(where_, fmt::format("{} {}", row[0], row[1]), "is left out: " + reason);
  }

  // The URL may lack the port, which then is a column of its own, or 0.
  static std::string with_port(const std::string& text, std::uint16_t port) try {
    Poco::URI url(text);
    if (url.getHost().empty()) return "";
    if (port == 0 || port == url.getPort()) return text;
    url.setPort(port);
    return url.toString();
  } catch (const Poco::SyntaxException&) {
    return "";
  }

  std::string where_;
  Imports& imports_;
};

Settings settings_of_domain(const Row& domain, const Tables& tables, DomainReader& reader) {
  static const Rows none;
  const auto rows_of = [&](const std::map<std::string, Rows>& table) -> const Rows& {
    const auto found = table.find(domain[0]);
    return found == table.end() ? none : found->second;
  };
  Settings settings;
  settings.provider.display_name = domain[3];
  settings.provider.display_short_name = domain[4];
  for (const auto& row : rows_of(tables.servers)) reader.read_server(row, settings);
  for (const auto& row : rows_of(tables.dav_servers)) reader.read_service(row, settings);
  return settings;
}

// A definition for each provider and each set of servers that its domains have, in the order of the domains.
class Groups {
 public:
  void add(const DomainName& domain, const std::string& provider, Settings settings) {
    const auto [known, is_new] = places_.emplace(provider + '\n' + definition_text(settings), groups_.size());
    if (is_new) groups_.push_back(std::move(settings));
    groups_[known->second].provider.domains.push_back(domain);
  }
  [[nodiscard]] std::vector<Settings> take() && { return std::move(groups_); }

 private:
  std::map<std::string, std::size_t> places_;
  std::vector<Settings> groups_;
};

}  // namespace

void import_automx2(const std::string& file, Imports& imports) {
  const auto tables = tables_of(file);
  if (!tables) return imports.lose(domain_bad_input, file, tables.error().message);
  Groups groups;
  for (const auto& row : tables->domains) {
    const auto where = fmt::format("{}, domain {}", file, row[1]);
    const auto domain = DomainName::parse(row[1]);
    if (!domain) {
      imports.lose(domain_bad_input, file, domain.error().message);
      continue;
    }
    if (!row[5].empty())
      imports.warn(where, "ldapserver", "is left out: user names are not looked up, but are as the servers have them");
    DomainReader reader(where, imports);
    groups.add(*domain, row[2], settings_of_domain(row, *tables, reader));
  }
  for (auto& settings : std::move(groups).take()) imports.definitions.push_back({file, std::move(settings)});
}

}  // namespace mailconf::server
