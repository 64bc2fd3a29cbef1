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

// Nobody's domain stands in where the file's name is none, and is taken out again.
const DomainName& nobody() {
  static const auto name = *DomainName::parse("nobody.invalid");
  return name;
}

void import_provider(ReadSettings read, const std::string& file, const Result<DomainName>& named, Imports& imports) {
  for (const auto& diagnostic : read.diagnostics) {
    if (matters(diagnostic)) imports.warn(file, diagnostic.place, diagnostic.message);
  }
  auto& provider = read.settings.provider;
  auto& domains = provider.domains;
  std::erase(domains, nobody());
  std::erase(provider.mx_domains, nobody());
  if (domains.empty() && named) domains.push_back(*named);
  if (domains.empty())
    return imports.lose(domain_bad_input, file, "names no domain; call the file DOMAIN.xml to say whose it is");
  for (auto* field : {&provider.id, &provider.display_name}) {
    if (*field == nobody().ascii()) *field = domains.front().ascii();
  }
  imports.definitions.push_back({file, std::move(read.settings)});
}

}  // namespace

void import_autoconfig_file(const std::string& file, Imports& imports) {
  const auto text = text_of_file(file);
  if (!text) return imports.lose(domain_bad_input, file, "cannot be read");
  const auto named = DomainName::parse(std::filesystem::path(file).stem().string());
  auto providers = read_autoconfig_providers(*text, named ? *named : nobody());
  if (!providers) return imports.lose(domain_bad_input, file, providers.error().text());
  for (auto& read : *providers) {
    if (read) {
      import_provider(*std::move(read), file, named, imports);
    } else {
      imports.lose(domain_bad_input, file, read.error().text());
    }
  }
}

}  // namespace mailconf::server
