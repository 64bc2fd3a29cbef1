#include "server/store/definition_toml.h"

#include <algorithm>
#include <fmt/core.h>

#include "server/store/definition_extras.h"
#include "server/store/definition_servers.h"
#include "server/toml_fields.h"

namespace mailconf::server {
namespace {

std::vector<DomainName> read_domains(TomlFields& fields, std::string_view key, const std::vector<std::string>& texts) {
  std::vector<DomainName> domains;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto element = fmt::format("{}[{}]", key, i);
    const auto domain = DomainName::parse(texts[i]);
    if (!domain) {
      fields.error(element, domain.error().message);
    } else if (std::ranges::find(domains, *domain) != domains.end()) {
      fields.error(element, fmt::format("{} is listed twice", texts[i]));
    } else {
      domains.push_back(*domain);
    }
  }
  return domains;
}

// K-9 refuses a document whose id is no host name.
std::string read_id(TomlFields& fields, const std::vector<DomainName>& domains) {
  const auto text = fields.text("id");
  if (!text) return domains.empty() ? "" : domains.front().ascii();
  const auto id = DomainName::parse(*text);
  if (!id) fields.error("id", id.error().message);
  return id ? id->ascii() : "";
}

std::vector<Documentation::Description> read_descriptions(TomlFields& fields, std::string_view key) {
  std::vector<Documentation::Description> descriptions;
  for (auto& entry : fields.tables(key)) {
    descriptions.push_back({entry.text("lang").value_or(""), entry.required_text("text")});
    entry.finish();
  }
  return descriptions;
}

std::vector<Documentation> read_documentation(TomlFields& fields) {
  std::vector<Documentation> pages;
  for (auto& entry : fields.tables("documentation")) {
    pages.push_back({entry.required_text("url"), read_descriptions(entry, "descriptions")});
    entry.finish();
  }
  return pages;
}

std::vector<Enable> read_enable(TomlFields& fields) {
  std::vector<Enable> pages;
  for (auto& entry : fields.tables("enable")) {
    pages.push_back({entry.required_text("url"), read_descriptions(entry, "instructions")});
    entry.finish();
  }
  return pages;
}

Settings read_settings(TomlFields& fields) {
  Settings settings;
  settings.provider.domains = read_domains(fields, "domains", fields.required_texts("domains"));
  settings.provider.mx_domains = read_domains(fields, "mxDomains", fields.texts("mxDomains"));
  settings.provider.id = read_id(fields, settings.provider.domains);
  settings.provider.display_name = fields.text("displayName").value_or("");
  settings.provider.display_short_name = fields.text("displayShortName").value_or("");
  settings.incoming = read_servers(fields, "incoming");
  settings.outgoing = read_servers(fields, "outgoing");
  settings.services = read_services(fields, "service");
  settings.documentation = read_documentation(fields);
  settings.enable = read_enable(fields);
  settings.webmail_url = fields.text("webmail").value_or("");
  return settings;
}

Definition read_fields(TomlFields& fields) {
  Definition definition;
  definition.settings = read_settings(fields);
  read_oauth2(fields, definition);
  definition.autodiscover = read_autodiscover(fields, definition.settings.provider.domains);
  definition.mta_sts = read_mta_sts(fields);
  if (fields.has("logins")) definition.logins = fields.required_text("logins");
  definition.run_by = read_operator(fields, definition.settings.provider.domains);
  return definition;
}

template <class Body>
void check_usernames(TomlFile& file, const std::vector<Body>& written, const std::vector<Body>& applied,
                     std::string_view kind) {
  if (written.size() != applied.size()) return;
  for (std::size_t i = 0; i < written.size(); ++i) {
    if (applied[i].username.empty() && !written[i].username.empty())
      file.error(fmt::format("{}[{}].username", kind, i), "holds a placeholder that no client knows");
  }
}

// What only shows when the placeholders are replaced. They are the same for every domain.
void check_applied(TomlFile& file, const Settings& settings) {
  const auto applied = for_domain(settings, settings.provider.domains.front());
  for (const auto& dropped : applied.dropped) file.error(dropped.place, dropped.message);
  check_usernames(file, settings.incoming, applied.settings.incoming, "incoming");
  check_usernames(file, settings.outgoing, applied.settings.outgoing, "outgoing");
  check_usernames(file, settings.services, applied.settings.services, "service");
}

// What strict clients refuse: a warning, or an error where no client could use it.
void check_acceptance(TomlFile& file, const Settings& settings) {
  const auto rules = lint_rules();
  for (auto& found : lint(settings)) {
    const auto rule = std::ranges::find(rules, found.code, &LintRule::code);
    const auto severity = rule->unusable ? Severity::error : Severity::warning;
    file.add({severity, "", 0, std::move(found.place), std::move(found.message), std::string(rule->code),
              std::string(rule->repair)});
  }
}

ReadDefinition read_table(TomlFile& file, const std::string& origin, const std::optional<toml::table>& table) {
  ReadDefinition result;
  if (table) {
    TomlFields fields(file, *table, "");
    auto definition = read_fields(fields);
    fields.finish();
    if (!file.failed()) check_applied(file, definition.settings);
    if (!file.failed()) check_acceptance(file, definition.settings);
    if (!file.failed()) {
      definition.origin = origin;
      definition.domains_line = file.line_of("domains");
      result.definition = std::move(definition);
    }
  }
  result.problems = file.take_problems();
  return result;
}

}  // namespace

ReadDefinition read_definition(const std::filesystem::path& path) {
  TomlFile file(path.string());
  const auto table = file.parse(path);
  return read_table(file, path.string(), table);
}

ReadDefinition read_definition(const std::string& origin, std::string_view text) {
  TomlFile file(origin);
  const auto table = file.parse_text(text);
  return read_table(file, origin, table);
}

}  // namespace mailconf::server
