#include "server/store/sql/place.h"

#include <Poco/Net/IPAddress.h>
#include <Poco/URI.h>
#include <algorithm>
#include <fmt/core.h>

namespace mailconf::server {
namespace {

constexpr auto where = "store.url";

bool is_on_this_machine(const std::string& host) {
  Poco::Net::IPAddress address;
  return host.empty() || host.starts_with('/') || host == "localhost" ||
         (Poco::Net::IPAddress::tryParse(host, address) && address.isLoopback());
}

struct UrlParts {
  std::string user, password, host, database;
  unsigned port = 0;
  Poco::URI::QueryParameters parameters;
};

UrlParts parts_of(const Poco::URI& url) {
  UrlParts parts;
  const auto& info = url.getUserInfo();
  const auto colon = std::min(info.find(':'), info.size());
  // Both as they are written: Poco decodes the other parts alone.
  Poco::URI::decode(info.substr(0, colon), parts.user);
  Poco::URI::decode(info.substr(std::min(colon + 1, info.size())), parts.password);
  parts.host = url.getHost();
  parts.port = url.getPort();
  parts.database = url.getPath().substr(std::min<std::size_t>(1, url.getPath().size()));
  parts.parameters = url.getQueryParameters();
  return parts;
}

// Poco hands the values on unquoted.
bool fits(const std::string& value) { return value.find_first_of(" '\"\\;\t\r\n") == value.npos; }

class Connection {
 public:
  explicit Connection(std::string_view separator) : separator_(separator) {}
  void add(std::string_view key, const std::string& value) {
    if (value.empty()) return;
    if (!text_.empty()) text_ += separator_;
    text_ += fmt::format("{}={}", key, value);
    fits_ = fits_ && fits(value);
  }
  [[nodiscard]] Result<std::string> text() const {
    if (!fits_) return fail(ErrorCode::bad_option, where, "must not hold spaces, quotes, semicolons or backslashes");
    return text_;
  }

 private:
  std::string_view separator_;
  std::string text_;
  bool fits_ = true;
};

void add_common(Connection& connection, const UrlParts& parts, std::string_view database_key) {
  connection.add("host", parts.host);
  if (parts.port != 0) connection.add("port", std::to_string(parts.port));
  connection.add("user", parts.user);
  connection.add("password", parts.password);
  connection.add(database_key, parts.database);
}

Result<std::string> postgresql_connection(const UrlParts& parts) {
  Connection connection(" ");
  std::string authorities = "/etc/ssl/certs/ca-certificates.crt";
  bool local = is_on_this_machine(parts.host);
  auto place = parts;
  for (const auto& [key, value] : parts.parameters) {
    if (key == "sslrootcert") {
      authorities = value;
      local = false;
    } else if (key == "host" && value.starts_with('/') && parts.host.empty()) {
      place.host = value;
    } else {
      return fail(ErrorCode::bad_option, where,
                  "knows sslrootcert and, for a folder of sockets, host: no other parameter");
    }
  }
  add_common(connection, place, "dbname");
  if (!local) {
    connection.add("sslmode", "verify-full");
    connection.add("sslrootcert", authorities);
  }
  // A server that has vanished without a word is given up before a client gives us up.
  connection.add("connect_timeout", "2");
  connection.add("tcp_user_timeout", "3000");
  connection.add("keepalives_idle", "5");
  connection.add("application_name", "mailconfd");
  return connection.text();
}

Result<std::string> mysql_connection(const UrlParts& parts) {
  if (!is_on_this_machine(parts.host))
    return fail(ErrorCode::bad_option, where, "must name a server on this machine: mysql:// knows no TLS");
  if (!parts.parameters.empty()) return fail(ErrorCode::bad_option, where, "knows no parameter after mysql://");
  Connection connection(";");
  add_common(connection, parts, "db");
  return connection.text();
}

Result<SqlPlace> server_place(const std::string& text) try {
  const Poco::URI url(text);
  const bool is_postgresql = url.getScheme() == "postgresql";
  const auto parts = parts_of(url);
  if (parts.database.empty()) return fail(ErrorCode::bad_option, where, "must end with the name of the database");
  auto connection = is_postgresql ? postgresql_connection(parts) : mysql_connection(parts);
  if (!connection) return tl::unexpected(connection.error());
  return SqlPlace{is_postgresql ? &postgresql : &mysql,
                  *std::move(connection),
                  parts.password,
                  fmt::format("{}://{}/{}", url.getScheme(), parts.host, parts.database),
                  {}};
} catch (const Poco::SyntaxException&) {
  return fail(ErrorCode::bad_option, where, "is no URL");
}

}  // namespace

bool is_sql_url(std::string_view url) {
  constexpr std::string_view schemes[] = {"sqlite:", "postgresql://", "mysql://"};
  return std::ranges::any_of(schemes,
                             [&](auto scheme) { return url.starts_with(scheme) && url.size() > scheme.size(); });
}

Result<SqlPlace> sql_place(const std::string& url, const std::filesystem::path& base) {
  constexpr std::string_view file_scheme = "sqlite:";
  if (!url.starts_with(file_scheme)) return server_place(url);
  const auto file = base / url.substr(file_scheme.size());
  if (!file.has_filename()) return fail(ErrorCode::bad_option, where, "must name a file");
  return SqlPlace{&sqlite, file.string(), "", file.string(), file};
}

}  // namespace mailconf::server
