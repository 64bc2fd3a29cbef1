#include "server/import/import_command.h"

#include <algorithm>
#include <fmt/core.h>
#include <iterator>
#include <map>
#include <ostream>
#include <set>
#include <utility>
#include <vector>

#include "server/import/autoconfig_file.h"
#include "server/import/automx2.h"
#include "server/import/live_domain.h"
#include "server/import/local_host.h"
#include "server/store/definition_toml.h"
#include "server/store/definition_writer.h"

namespace mailconf::server {
namespace {

using Read = void (*)(const std::string& operand, const ImportWishes& wishes, Imports& imports);

void read_autoconfig(const std::string& file, const ImportWishes&, Imports& imports) {
  import_autoconfig_file(file, imports);
}

void read_automx2(const std::string& file, const ImportWishes&, Imports& imports) { import_automx2(file, imports); }

void read_live_domain(const std::string& name, const ImportWishes& wishes, Imports& imports) {
  import_live_domain(*DomainName::parse(name), wishes.network, imports);
}

void refuse_definition(const std::string& file, const ImportWishes&, Imports& imports) {
  imports.lose(domain_bad_input, file, "is a definition already: \"mailconf domain add\" adds it");
}

void refuse(const std::string& operand, const ImportWishes&, Imports& imports) {
  imports.lose(domain_bad_input, operand,
               "is neither autoconfig (FILE.xml), a database of automx2 (FILE.sqlite, FILE.db) nor a domain");
}

bool is_anything(const std::string&) { return true; }
bool is_domain(const std::string& text) { return DomainName::parse(text).has_value(); }

// What an operand is, by its end and its form; the first row that fits.
struct Kind {
  std::string_view end;
  bool (*fits)(const std::string& operand);
  Read read;
};
constexpr Kind kinds[] = {
    {".xml", is_anything, read_autoconfig},
    {".sqlite", is_anything, read_automx2},
    {".sqlite3", is_anything, read_automx2},
    {".db", is_anything, read_automx2},
    {".toml", is_anything, refuse_definition},
    {"", is_domain, read_live_domain},
    {"", is_anything, refuse},
};

const Kind& kind_of(const std::string& operand) {
  return *std::ranges::find_if(kinds,
                               [&](const Kind& kind) { return operand.ends_with(kind.end) && kind.fits(operand); });
}

// Operands are domains there; where all of them are bad, it is not meant for all domains.
void read_local_host(const DomainCommand& command, Imports& imports) {
  std::vector<std::string> domains;
  for (const auto& operand : command.operands) {
    if (kind_of(operand).read == read_live_domain) {
      domains.push_back(operand);
    } else {
      imports.lose(domain_bad_input, operand, "is no domain; --local reads no files");
    }
  }
  if (command.operands.empty() || !domains.empty()) import_local_host(domains, command.wishes, imports);
}

Imports read_operands(const DomainCommand& command) {
  Imports imports;
  if (command.wishes.local) {
    read_local_host(command, imports);
  } else {
    for (const auto& operand : command.operands) kind_of(operand).read(operand, command.wishes, imports);
  }
  return imports;
}

void drop_unservable(Imports& imports) {
  auto read = std::exchange(imports.definitions, {});
  for (auto& imported : read) {
    if (make_servable(imported, imports)) imports.definitions.push_back(std::move(imported));
  }
}

// Takes the domains from each definition that `objection` has a sentence against, says so, and drops what is left
// without.
template <class Objection>
void drop_domains(Imports& imports, const Objection& objection) {
  for (auto& [origin, settings, registration] : imports.definitions) {
    std::erase_if(settings.provider.domains, [&, &where = origin](const DomainName& domain) {
      const std::string sentence = objection(domain, where);
      if (!sentence.empty()) imports.warn(where, domain.ascii(), sentence);
      return !sentence.empty();
    });
  }
  std::erase_if(imports.definitions,
                [](const Imported& imported) { return imported.settings.provider.domains.empty(); });
}

void settle_repetitions(Imports& imports) {
  std::map<DomainName, std::string> owners;
  drop_domains(imports, [&](const DomainName& domain, const std::string& origin) {
    const auto [owner, is_new] = owners.emplace(domain, origin);
    return is_new ? "" : fmt::format("is imported from {} already", owner->second);
  });
}

// Those of the imported domains that the store has.
Result<std::set<std::string>> defined_already(Editor& editor, const Imports& imports) {
  std::set<std::string> wanted;
  std::set<std::string> found;
  for (const auto& imported : imports.definitions) {
    for (const auto& domain : imported.settings.provider.domains) wanted.insert(domain.ascii());
  }
  if (!editor.is_there()) return found;
  const auto listed = editor.list([&](const ListedDomain& domain) {
    if (wanted.contains(domain.domain)) found.insert(domain.domain);
  });
  if (!listed) return tl::unexpected(listed.error());
  return found;
}

Result<void> keep_what_is_defined(Editor& editor, Imports& imports) {
  const auto defined = defined_already(editor, imports);
  if (!defined) return tl::unexpected(defined.error());
  drop_domains(imports, [&](const DomainName& domain, const std::string&) -> std::string {
    return defined->contains(domain.ascii()) ? "is defined already, and kept; --replace replaces it" : "";
  });
  return {};
}

// As they will be read by a server, and linted like those that are added.
std::vector<NewDefinition> definitions_of(Imports& imports) {
  std::vector<NewDefinition> definitions;
  for (const auto& imported : imports.definitions) {
    auto text = definition_text(imported.settings, imported.registration_url);
    auto read = read_definition(imported.origin, text);
    for (auto& problem : read.problems) {
      problem.line = 0;  // the text is nobody's file
      if (problem.severity == Severity::error) imports.status = std::max(imports.status, domain_bad_input);
      imports.problems.push_back(std::move(problem));
    }
    if (read.definition) definitions.push_back({*std::move(read.definition), std::move(text)});
  }
  return definitions;
}

std::string summary(const Definition& definition) {
  const auto& domains = definition.settings.provider.domains;
  const auto more = domains.size() - 1;
  const auto others = more == 0 ? "" : fmt::format(" and {} more", more);
  return fmt::format("{}{}: imported from {}\n", domains.front().ascii(), others, definition.origin);
}

// All at once, for that is quick; where one is refused, each by itself.
void add_all(Editor& editor, const std::vector<NewDefinition>& definitions, Imports& imports, std::ostream& output) {
  if (definitions.empty()) return;
  const auto all = editor.add(definitions);
  if (!all && all.error().code == ErrorCode::io)
    return imports.lose(domain_could_not_tell, all.error().place, all.error().message);
  for (const auto& definition : definitions) {
    const auto added = all ? all : editor.add({definition});
    if (added) {
      output << summary(definition.definition);
    } else {
      imports.lose(status_of(added.error()), definition.definition.origin, added.error().text());
    }
  }
}

void print_all(const std::vector<NewDefinition>& definitions, std::ostream& output) {
  for (const auto& [definition, text] : definitions) {
    const auto& name = definition.settings.provider.domains.front().ascii();
    output << fmt::format("{}# {}.toml, from {}\n{}", &definition == &definitions.front().definition ? "" : "\n", name,
                          definition.origin, text);
  }
}

}  // namespace

int import_definitions(const DomainCommand& command, Editor* editor, std::ostream& output, std::ostream& errors) {
  auto imports = read_operands(command);
  drop_unservable(imports);
  settle_repetitions(imports);
  if (editor != nullptr && !command.wishes.replace) {
    if (const auto kept = keep_what_is_defined(*editor, imports); !kept) {
      errors << "mailconf domain: " << kept.error().text() << '\n';
      return status_of(kept.error());
    }
  }
  const auto definitions = definitions_of(imports);
  command.wishes.dry_run ? print_all(definitions, output) : add_all(*editor, definitions, imports, output);
  for (const auto& problem : imports.problems) errors << problem.text() << '\n';
  return imports.status;
}

}  // namespace mailconf::server
