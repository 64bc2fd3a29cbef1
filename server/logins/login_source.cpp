#include "server/logins/login_source.h"

#include <Poco/Exception.h>
#include <Poco/URI.h>
#include <algorithm>
#include <fmt/core.h>

#include "server/logins/ldap_filter.h"
#include "server/logins/ldap_logins.h"
#include "server/logins/sql_logins.h"
#include "server/toml_fields.h"

namespace mailconf::server {
namespace {

// What leads to a server or a socket, and says nothing of what is to be asked there.
bool is_ldap_url(const std::string& text) try {
  // libldap takes several, with spaces between them.
  if (text.find_first_of(" \t,") != text.npos) return false;
  if (text.starts_with("ldapi://")) return text.find_first_of("/?", std::string_view("ldapi://").size()) == text.npos;
  const Poco::URI url(text);
  const bool known = url.getScheme() == "ldap" || url.getScheme() == "ldaps";
  return known && !url.getHost().empty() && url.getUserInfo().empty() && url.getRawQuery().empty() &&
         (url.getPath().empty() || url.getPath() == "/");
} catch (const Poco::SyntaxException&) {
  return false;
}

LdapScope scope_of(TomlFields& fields) {
  const auto text = fields.text("scope").value_or("subtree");
  if (text == "one") return LdapScope::one;
  if (text == "base") return LdapScope::base;
  if (text != "subtree") fields.error("scope", "must be \"subtree\", \"one\" or \"base\"");
  return LdapScope::subtree;
}

LdapLoginSource read_directory(TomlFields& fields, const std::string& url, const std::filesystem::path& base) {
  LdapLoginSource source;
  source.url = url;
  if (!url.empty() && !is_ldap_url(url))
    fields.error("url", "must be that of a database, or \"ldap://HOST\", \"ldaps://HOST\" or \"ldapi://SOCKET\"");
  source.base = fields.required_text("base");
  source.scope = scope_of(fields);
  source.filter = fields.required_text("filter");
  if (const auto fault = fault_of_filter(source.filter); !source.filter.empty() && !fault.empty())
    fields.error("filter", fault);
  source.attribute = fields.required_text("attribute");
  if (const auto file = fields.text("ca-file")) source.ca_file = base / *file;
  source.bind_dn = fields.text("bind-dn").value_or("");
  if (const auto file = fields.text("password-file")) source.password_file = base / *file;
  if (source.bind_dn.empty() != source.password_file.empty()) fields.error("bind-dn", "and password-file go together");
  fields.refuse("query", "a directory has base, filter and attribute");
  return source;
}

std::string fault_of_query(const std::string& query) {
  if (std::ranges::count(query, '?') != 1) return "must hold one \"?\", which stands for the address";
  if (query.find(';') != query.npos) return "must be one statement, without a semicolon";
  return "";
}

SqlLoginSource read_database(TomlFields& fields, const std::string& url, const std::filesystem::path& base) {
  SqlLoginSource source;
  if (auto place = sql_place(url, base))
    source.place = *std::move(place);
  else
    fields.error("url", place.error().message);
  source.query = fields.required_text("query");
  if (const auto fault = fault_of_query(source.query); !source.query.empty() && !fault.empty())
    fields.error("query", fault);
  for (const auto key : {"base", "scope", "filter", "attribute", "ca-file", "bind-dn", "password-file"})
    fields.refuse(key, "a database has a query");
  return source;
}

LoginSource read_source(TomlFields& fields, const std::filesystem::path& base) {
  const auto url = fields.required_text("url");
  if (is_sql_url(url)) return read_database(fields, url, base);
  return read_directory(fields, url, base);
}

}  // namespace

LoginSources read_login_sources(TomlFields& configuration, const std::filesystem::path& base) {
  LoginSources sources;
  for (auto& fields : configuration.tables("logins")) {
    const auto name = fields.required_text("name");
    const auto [place, is_new] = sources.emplace(name, read_source(fields, base));
    if (!is_new && !name.empty()) fields.error("name", fmt::format("\"{}\" is taken already", name));
    fields.finish();
  }
  return sources;
}

std::shared_ptr<LoginLookup> open_logins(const LoginSource& source) {
  if (const auto* directory = std::get_if<LdapLoginSource>(&source)) return std::make_shared<LdapLogins>(*directory);
  return std::make_shared<SqlLogins>(std::get<SqlLoginSource>(source));
}

Problems check_logins(const LoginSources& sources) {
  // RFC 6761 §6.4: a name that nobody will ever have.
  const auto nobody = *EmailAddress::parse("nobody@mailconf.invalid");
  Problems problems;
  for (const auto& [name, source] : sources) {
    if (const auto asked = open_logins(source)->look_up(nobody); !asked)
      problems.push_back({Severity::error, "logins." + name, 0, "", asked.error().text()});
  }
  return problems;
}

}  // namespace mailconf::server
