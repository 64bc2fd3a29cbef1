#include "server/configuration.h"

#include <algorithm>
#include <charconv>
#include <fmt/core.h>
#include <set>

#include "server/toml_fields.h"

namespace mailconf::server {
namespace {

using Poco::Net::IPAddress;
using Poco::Net::SocketAddress;

// "ADDRESS:PORT" with brackets round IPv6. Names are refused: what they stand for may change between two starts.
std::optional<SocketAddress> parse_address_and_port(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == text.npos) return std::nullopt;
  auto host = text.substr(0, colon);
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  const auto address = parse_address(std::string(host));
  if (!address || bracketed != (address->family() == IPAddress::IPv6)) return std::nullopt;
  const auto digits = text.substr(colon + 1);
  std::uint16_t port = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (fault != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return SocketAddress(*address, port);
}

constexpr auto bad_address = "\"{}\" is no address with a port, such as \"127.0.0.1:8080\" or \"[::1]:8080\"";

std::vector<SocketAddress> addresses_with_port(TomlFields& fields, std::string_view key) {
  std::vector<SocketAddress> addresses;
  for (const auto& text : fields.texts(key)) {
    if (const auto address = parse_address_and_port(text)) {
      addresses.push_back(*address);
    } else {
      fields.error(key, fmt::format(bad_address, text));
    }
  }
  return addresses;
}

std::vector<AddressRange> networks(TomlFields& fields, std::string_view key) {
  std::vector<AddressRange> ranges;
  for (const auto& text : fields.texts(key)) {
    if (const auto range = AddressRange::parse(text)) {
      ranges.push_back(*range);
    } else {
      fields.error(key, fmt::format("\"{}\" is no network, such as \"192.0.2.0/24\"", text));
    }
  }
  return ranges;
}

PlainHttp plain_http(TomlFields& fields) {
  const auto text = fields.text("plain-http").value_or("serve");
  if (text != "serve" && text != "redirect") fields.error("plain-http", "must be \"serve\" or \"redirect\"");
  return text == "redirect" ? PlainHttp::redirect : PlainHttp::serve;
}

std::vector<SocketAddress> name_servers(TomlFields& fields, std::string_view key) {
  auto servers = addresses_with_port(fields, key);
  const bool has_no_port = std::ranges::any_of(servers, [](const auto& server) { return server.port() == 0; });
  if (has_no_port) fields.error(key, "must have a port other than 0, such as 53");
  return servers;
}

std::vector<std::string> texts_of(const std::vector<SocketAddress>& servers) {
  std::vector<std::string> texts;
  for (const auto& server : servers) texts.push_back(server.toString());
  return texts;
}

void read_server(TomlFields fields, Configuration& configuration) {
  configuration.http = addresses_with_port(fields, "http");
  configuration.https = addresses_with_port(fields, "https");
  configuration.trusted_proxies = networks(fields, "trusted-proxies");
  configuration.plain_http = plain_http(fields);
  configuration.serve_by_mx = fields.boolean("serve-by-mx").value_or(false);
  configuration.watch = fields.boolean("watch").value_or(true);
  configuration.dns = name_servers(fields, "dns");
  if (!fields.has("http") && !fields.has("https")) fields.error("http", "is missing, and so is https");
  const bool knows_https = !configuration.https.empty() || !configuration.trusted_proxies.empty();
  if (configuration.plain_http == PlainHttp::serve && knows_https)
    configuration.plain_http = PlainHttp::serve_documents;
  fields.finish();
}

void read_tls(TomlFields fields, Configuration& configuration) {
  configuration.certificates = configuration.base / fields.required_text("certificates");
  if (const auto folder = fields.text("acme-challenges")) configuration.acme_challenges = configuration.base / *folder;
  fields.finish();
}

// Some 10 KiB each.
constexpr std::int64_t most_cached = 10'000'000;

void read_store(TomlFields fields, Configuration& configuration) {
  configuration.store_url = fields.required_text("url");
  const auto cache = fields.integer("cache").value_or(static_cast<std::int64_t>(DomainCache::usual_capacity));
  if (cache < 1 || cache > most_cached) fields.error("cache", fmt::format("must be between 1 and {}", most_cached));
  configuration.cache = static_cast<std::size_t>(std::clamp<std::int64_t>(cache, 1, most_cached));
  fields.finish();
}

void read_profiles(TomlFields fields, Configuration& configuration) {
  configuration.profile_certificate = configuration.base / fields.required_text("certificate");
  configuration.profile_key = configuration.base / fields.required_text("key");
  fields.finish();
}

// As clean_path() leaves a path.
bool is_clean_path(std::string_view text) {
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789-_/";
  return text.size() > 1 && text.front() == '/' && text.back() != '/' && text.find("//") == text.npos &&
         text.find_first_not_of(allowed) == text.npos;
}

void read_pages(TomlFields fields, Configuration& configuration) {
  Pages& pages = configuration.pages;
  const auto path = fields.text("path").value_or("/");
  pages.served = !path.empty();
  if (path != "/") pages.base = path;
  if (!pages.base.empty() && !is_clean_path(path))
    fields.error("path", "must be \"/\", \"\" or such as \"/setup\", in small letters");
  pages.self_test = fields.boolean("self-test").value_or(true);
  pages.allow_private = fields.boolean("allow-private").value_or(false);
  fields.finish();
}

void read_admin(TomlFields fields, Configuration& configuration) {
  const auto text = fields.required_text("listen");
  configuration.admin = parse_address_and_port(text);
  if (!configuration.admin && !text.empty()) fields.error("listen", fmt::format(bad_address, text));
  fields.finish();
}

void read_log(TomlFields fields, Configuration& configuration) {
  configuration.access_log = fields.boolean("access").value_or(false);
  const auto format = fields.text("format").value_or("text");
  if (format != "text" && format != "json") fields.error("format", "must be \"text\" or \"json\"");
  configuration.log_format = format == "json" ? LogFormat::json : LogFormat::text;
  if (const auto file = fields.text("file")) configuration.log_file = configuration.base / *file;
  fields.finish();
}

struct PeriodField {
  std::string_view key;
  std::chrono::seconds least;
  std::chrono::seconds most;
  std::string_view words;
};
// No domain is to be pestered by its own server; a defect that shows after a month is one that users have told of.
constexpr PeriodField every_field{"every", std::chrono::minutes(10), std::chrono::days(31), "10m and 31d"};
constexpr PeriodField keep_field{"keep", std::chrono::minutes(1), std::chrono::days(7), "1m and 7d"};

std::chrono::seconds period(TomlFields& fields, const PeriodField& field, std::chrono::seconds usual) {
  const auto text = fields.text(field.key);
  if (!text) return usual;
  const auto value = parse_period(*text);
  if (value && *value >= field.least && *value <= field.most) return *value;
  fields.error(field.key, fmt::format("must be between {}, such as \"12h\"", field.words));
  return usual;
}

// Each has three series of its own in the metrics.
constexpr std::size_t most_listed = 200;
// More is no gentle background.
constexpr std::int64_t most_audits_at_once = 16;

std::vector<DomainName> listed_domains(TomlFields& fields) {
  std::set<DomainName> domains;
  for (const auto& text : fields.texts("domains")) {
    if (const auto domain = DomainName::parse(text))
      domains.insert(*domain);
    else
      fields.error("domains", domain.error().text());
  }
  if (fields.has("domains") && domains.empty()) fields.error("domains", "names no domain; leave it out for all");
  if (domains.size() > most_listed)
    fields.error("domains", fmt::format("names more than {}; leave it out for all", most_listed));
  return {domains.begin(), domains.end()};
}

void read_audit(TomlFields fields, Configuration& configuration) {
  AuditSettings& audit = configuration.audit.emplace();
  audit.every = period(fields, every_field, audit.every);
  audit.domains = listed_domains(fields);
  const auto at_once = fields.integer("concurrency").value_or(static_cast<std::int64_t>(audit.concurrency));
  if (at_once < 1 || at_once > most_audits_at_once)
    fields.error("concurrency", fmt::format("must be between 1 and {}", most_audits_at_once));
  audit.concurrency = static_cast<std::size_t>(std::clamp<std::int64_t>(at_once, 1, most_audits_at_once));
  audit.keep = period(fields, keep_field, audit.keep);
  audit.dns = texts_of(fields.has("dns") ? name_servers(fields, "dns") : configuration.dns);
  if (const auto file = fields.text("ca-file")) audit.ca_file = configuration.base / *file;
  audit.allow_private = fields.boolean("allow-private").value_or(false);
  if (audit.every.count() == 0 && (fields.has("domains") || fields.has("concurrency")))
    fields.error("every", "is missing, and nothing is audited in the background without it");
  fields.finish();
}

struct Section {
  std::string_view name;
  void (*read)(TomlFields, Configuration&);
  bool required;
};
constexpr Section sections[] = {
    {"server", read_server, true},      {"tls", read_tls, false},     {"store", read_store, true},
    {"profiles", read_profiles, false}, {"pages", read_pages, false}, {"admin", read_admin, false},
    {"audit", read_audit, false},       {"log", read_log, false},
};

void read_sections(TomlFile& file, const toml::table& table, Configuration& configuration) {
  TomlFields top(file, table, "");
  for (const auto& section : sections) {
    if (auto fields = top.table(section.name)) {
      section.read(*std::move(fields), configuration);
    } else if (section.required && !top.has(section.name)) {
      top.error(section.name, "is missing");
    }
  }
  configuration.logins = read_login_sources(top, configuration.base);
  if (configuration.audit && !top.has("admin"))
    top.warning("audit", "nobody is told what is found: there is no [admin]");
  if (!configuration.https.empty() && !top.has("tls")) top.error("tls", "is missing, and https needs certificates");
  top.finish();
}

}  // namespace

std::vector<std::string> name_servers_of(const Configuration& configuration) { return texts_of(configuration.dns); }

ReadConfiguration read_configuration(const std::filesystem::path& path) {
  ReadConfiguration result;
  result.configuration.base = std::filesystem::absolute(path).parent_path();
  TomlFile file(path.string());
  if (const auto table = file.parse(path)) read_sections(file, *table, result.configuration);
  result.problems = file.take_problems();
  return result;
}

}  // namespace mailconf::server
