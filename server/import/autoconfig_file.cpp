#include "server/import/autoconfig_file.h"

#include <algorithm>
#include <filesystem>

#include "mailconf/formats.h"
#include "server/domain_command.h"
#include "server/toml_fields.h"

namespace mailconf::server {
namespace {

// What is said of the file by those who look for one domain.
constexpr std::string_view beside_the_point[] = {"domain-not-listed", "missing-domain"};

bool matters(const Diagnostic& diagnostic) {
  return std::ranges::find(beside_the_point, diagnostic.code) == std::end(beside_the_point);
}

}  // namespace

void import_autoconfig_file(const std::string& file, Imports& imports) {
  const auto text = text_of_file(file);
  if (!text) return imports.lose(domain_bad_input, file, "cannot be read");
  const auto named = DomainName::parse(std::filesystem::path(file).stem().string());
  // Nobody's domain stands in where the file's name is none, and is taken out again.
  const auto nobody = *DomainName::parse("nobody.invalid");
  auto read = read_autoconfig_xml(*text, named ? *named : nobody);
  if (!read) return imports.lose(domain_bad_input, file, read.error().text());
  for (const auto& diagnostic : read->diagnostics) {
    if (matters(diagnostic)) imports.warn(file, diagnostic.place, diagnostic.message);
  }
  auto& provider = read->settings.provider;
  auto& domains = provider.domains;
  std::erase(domains, nobody);
  std::erase(provider.mx_domains, nobody);
  if (domains.empty() && named) domains.push_back(*named);
  if (domains.empty())
    return imports.lose(domain_bad_input, file, "names no domain; call the file DOMAIN.xml to say whose it is");
  for (auto* field : {&provider.id, &provider.display_name}) {
    if (*field == nobody.ascii()) *field = domains.front().ascii();
  }
  imports.definitions.push_back({file, std::move(read->settings)});
}

}  // namespace mailconf::server
