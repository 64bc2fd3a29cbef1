#include "server/domain_command.h"

#include <algorithm>
#include <fmt/core.h>
#include <ostream>

#include "mailconf/guide.h"
#include "server/configuration.h"
#include "server/import/import_command.h"
#include "server/publication.h"
#include "server/published_domain.h"
#include "server/store/definition_toml.h"
#include "server/store/editor.h"
#include "server/toml_fields.h"

namespace mailconf::server {
namespace {

struct Streams {
  std::ostream& output;
  std::ostream& errors;
};

struct ReadFiles {
  std::vector<NewDefinition> definitions;
  Problems problems;
};

ReadFiles read_files(const std::vector<std::string>& files) {
  ReadFiles all;
  std::vector<Definition> definitions;
  for (const auto& file : files) {
    auto text = text_of_file(file);
    auto read = text ? read_definition(file, *text) : read_definition(std::filesystem::path(file));
    std::ranges::move(read.problems, std::back_inserter(all.problems));
    if (!read.definition) continue;
    definitions.push_back(*read.definition);
    all.definitions.push_back({*std::move(read.definition), *std::move(text)});
  }
  std::ranges::move(settle_duplicates(definitions), std::back_inserter(all.problems));
  return all;
}

void print(const Problems& problems, std::ostream& stream) {
  for (const auto& problem : problems) stream << problem.text() << '\n';
}

int refused(const Error& error, const Streams& streams) {
  streams.errors << "mailconf domain: " << error.text() << '\n';
  return status_of(error);
}

Result<std::unique_ptr<Editor>> editor_of(const DomainCommand& command, const Streams& streams) {
  if (!command.store.empty()) return open_editor(command.store, std::filesystem::current_path());
  if (command.configuration.empty())
    return fail(ErrorCode::bad_option, command.action, "needs --store URL or --config FILE");
  const auto read = read_configuration(command.configuration);
  print(read.problems, streams.errors);
  if (has_errors(read.problems)) return fail(ErrorCode::bad_option, command.configuration, "cannot be used");
  return open_editor(read.configuration.store_url, read.configuration.base);
}

int add(Editor& editor, const DomainCommand& command, const Streams& streams) {
  const auto read = read_files(command.operands);
  print(read.problems, streams.errors);
  if (has_errors(read.problems)) return domain_bad_input;
  if (const auto added = editor.add(read.definitions); !added) return refused(added.error(), streams);
  return domain_done;
}

int list(Editor& editor, const DomainCommand&, const Streams& streams) {
  const auto listed = editor.list(
      [&](const ListedDomain& domain) { streams.output << domain.domain << '\t' << domain.origin << '\n'; });
  return listed ? domain_done : refused(listed.error(), streams);
}

int not_there(const std::string& domain, const Streams& streams) {
  streams.errors << "mailconf domain: " << domain << ": is in no definition\n";
  return domain_not_there;
}

// The first operand that goes wrong ends the command.
template <class Act>
int with_domains(const DomainCommand& command, const Streams& streams, const Act& act) {
  for (const auto& operand : command.operands) {
    const auto domain = DomainName::parse(operand);
    if (!domain) return refused(domain.error(), streams);
    const Result<bool> found = act(*domain);
    if (!found) return refused(found.error(), streams);
    if (!*found) return not_there(operand, streams);
  }
  return domain_done;
}

int show(Editor& editor, const DomainCommand& command, const Streams& streams) {
  return with_domains(command, streams, [&](const DomainName& domain) {
    return editor.text_of(domain).map([&](const std::optional<std::string>& text) {
      if (text) streams.output << *text;
      return text.has_value();
    });
  });
}

int remove(Editor& editor, const DomainCommand& command, const Streams& streams) {
  return with_domains(command, streams, [&](const DomainName& domain) { return editor.remove(domain); });
}

int add_imported(Editor& editor, const DomainCommand& command, const Streams& streams) {
  return import_definitions(command, &editor, streams.output, streams.errors);
}

struct Action {
  std::string_view name;
  int (*run)(Editor&, const DomainCommand&, const Streams&);
};
constexpr Action actions[] = {
    {"add", add}, {"import", add_imported}, {"list", list}, {"show", show}, {"remove", remove}};

int lint(const DomainCommand& command, const Streams& streams) {
  const auto problems = read_files(command.operands).problems;
  print(problems, streams.output);
  return has_errors(problems) ? domain_bad_input : domain_done;
}

// What pages are made of, for "mailconf guide": the definition as it holds for one of its domains. What only warns of
// clients is lint's to tell.
int settings_of(const DomainCommand& command, const Streams& streams) {
  if (command.operands.size() != 2)
    return refused({ErrorCode::bad_option, command.action, "needs FILE and DOMAIN"}, streams);
  const auto domain = DomainName::parse(command.operands[1]);
  if (!domain) return refused(domain.error(), streams);
  const auto read = read_files({command.operands[0]});
  for (const auto& problem : read.problems) {
    if (problem.severity == Severity::error) streams.errors << problem.text() << '\n';
  }
  if (has_errors(read.problems)) return domain_bad_input;
  const auto& definition = read.definitions.front().definition;
  const auto& domains = definition.settings.provider.domains;
  if (std::ranges::find(domains, *domain) == domains.end()) {
    streams.errors << fmt::format("{}:{}: domains: {} is not among them\n", definition.origin, definition.domains_line,
                                  domain->ascii());
    return domain_bad_input;
  }
  const auto published = publish(definition, *domain);
  streams.output << write_guide_subject_json({published.settings, *domain, {}, published.run_by}) << '\n';
  return domain_done;
}

// A dry run changes nothing; where a store is named, it is looked at for what is there already.
bool needs_no_store(const DomainCommand& command) {
  return command.wishes.dry_run && command.store.empty() && command.configuration.empty();
}

}  // namespace

int status_of(const Error& error) { return error.code == ErrorCode::io ? domain_could_not_tell : domain_bad_input; }

int run(const DomainCommand& command, std::ostream& output, std::ostream& errors) {
  const Streams streams{output, errors};
  if (command.action == "lint") return lint(command, streams);
  if (command.action == "settings") return settings_of(command, streams);
  if (command.action == "import" && command.operands.empty() && !command.wishes.local)
    return refused({ErrorCode::bad_option, "import", "needs FILE.xml, FILE.sqlite, a domain or --local"}, streams);
  if (needs_no_store(command)) return import_definitions(command, nullptr, output, errors);
  const auto editor = editor_of(command, streams);
  if (!editor) return refused(editor.error(), streams);
  const auto action = std::ranges::find(actions, command.action, &Action::name);
  return action->run(**editor, command, streams);
}

}  // namespace mailconf::server
