#include "support/scenario.h"

#include <algorithm>
#include <filesystem>
#include <fmt/core.h>
#include <fstream>
#include <iterator>

#include "mailconf/formats.h"
#include "support/settings_lines.h"
#include "support/world_reader.h"

namespace mailconf::simulated {
namespace {

std::string domain_lines(const std::vector<Settings>& providers) {
  std::map<std::string, std::size_t> lines;
  for (std::size_t i = 0; i < providers.size(); ++i) {
    for (const auto& domain : providers[i].provider.domains) lines.emplace(domain.ascii(), i + 1);
  }
  std::string text;
  for (const auto& [domain, line] : lines) text += fmt::format("{}\t{}\n", domain, line);
  return text;
}

std::string fact_lines(const std::vector<Settings>& providers) {
  std::string text;
  for (const auto& settings : providers) text += write_settings_json(settings) + "\n";
  return text;
}

std::string mail_domain_of(const std::string& address) { return address.substr(address.rfind('@') + 1); }

std::optional<std::vector<std::string>> list(Fields& fields, std::string_view key) {
  if (!fields.node(key)) return std::nullopt;
  return fields.texts(key);
}

const toml::table& table_or_none(Fields& fields, std::string_view key) {
  static const toml::table none;
  const auto* table = fields.table(key);
  return table ? *table : none;
}

SendAddress send_address(Fields& fields) {
  const auto text = fields.text("send-address").value_or("retry");
  if (text != "retry" && text != "never") fields.refuse("send-address", "never or retry is expected");
  return text == "retry" ? SendAddress::retry : SendAddress::never;
}

void read_options(Fields fields, Scenario& scenario) {
  auto& options = scenario.options;
  options.ispdb = fields.text("ispdb").value_or("off");
  options.sources = fields.texts("sources");
  options.probe = fields.flag("probe").value_or(true);
  options.allow_plaintext = fields.flag("allow-plaintext").value_or(false);
  options.allow_http = fields.flag("allow-http").value_or(false);
  options.allow_private = fields.flag("allow-private").value_or(false);
  options.send_address = send_address(fields);
  options.deadline = std::chrono::duration_cast<std::chrono::milliseconds>(
      fields.milliseconds("deadline-ms").value_or(options.deadline));
  scenario.shipped_facts = fields.flag("shipped-facts").value_or(false);
  scenario.cancel_at = fields.milliseconds("cancel-at-ms");
  fields.finish();
}

void read_policy(Fields fields, Scenario& scenario) {
  if (const auto lines = fields.texts("servers"); !lines.empty())
    scenario.policy_file =
        write_autoconfig_xml(settings_from_lines(lines, {mail_domain_of(scenario.address)}, fields.place("servers")));
  else
    scenario.policy_file = fields.text("document");
  fields.finish();
}

std::unique_ptr<ScenarioFacts> read_facts(Fields& file) {
  std::vector<Settings> providers;
  for (const auto* table : file.tables("provider")) {
    Fields fields(*table, "provider");
    providers.push_back(settings_from_lines(fields.texts("servers"), fields.texts("domains"), "provider"));
    fields.finish();
  }
  return providers.empty() ? nullptr : std::make_unique<ScenarioFacts>(providers);
}

void read_times(Fields& fields, Expectation& expect) {
  expect.provisional_within = fields.milliseconds("provisional-within-ms");
  expect.proved_within = fields.milliseconds("proved-within-ms");
  expect.median_proved_within = fields.milliseconds("median-proved-within-ms");
  expect.worst_proved_within = fields.milliseconds("worst-proved-within-ms");
  expect.ends_within = fields.milliseconds("ends-within-ms");
  expect.ends_after = fields.milliseconds("ends-after-ms");
}

void read_answer(Fields& fields, Expectation& expect) {
  expect.status = fields.text("status");
  expect.trust = fields.text("trust");
  expect.source = fields.text("source");
  expect.sources = list(fields, "sources");
  expect.incoming = list(fields, "incoming");
  expect.outgoing = list(fields, "outgoing");
  expect.services = list(fields, "services");
  expect.proofs = list(fields, "proofs");
  expect.conflicts = list(fields, "conflicts");
  expect.alternatives = list(fields, "alternatives");
  expect.warnings = fields.texts("warnings");
  expect.hints = list(fields, "hints");
  expect.consent_domains = list(fields, "consent-domains");
  expect.usernames = list(fields, "usernames");
  expect.needs_password = fields.flag("needs-password");
  expect.oauth2 = list(fields, "oauth2");
  expect.no_warnings = fields.texts("no-warnings");
  expect.decisions = fields.texts("decisions");
  expect.provisional_source = fields.text("provisional-source");
}

Expectation read_expectation(Fields fields) {
  Expectation expect;
  read_answer(fields, expect);
  read_times(fields, expect);
  expect.rows = fields.texts("rows");
  expect.no_rows = fields.texts("no-rows");
  expect.asked = fields.texts("asked");
  expect.never_asked = fields.texts("never-asked");
  expect.address_sent_to = fields.texts("address-sent-to");
  if (const auto sockets = fields.integer("sockets-at-most"))
    expect.sockets_at_most = static_cast<std::size_t>(*sockets);
  Fields outcomes(table_or_none(fields, "outcomes"), fields.place("outcomes"));
  for (const auto& [source, outcome] : table_or_none(fields, "outcomes"))
    expect.outcomes[std::string(source.str())] = outcomes.text(source.str()).value_or("");
  fields.finish();
  return expect;
}

std::string contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw BadScenario(path, "cannot be read");
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

ScenarioFacts::ScenarioFacts(const std::vector<Settings>& providers)
    : domains_(domain_lines(providers)),
      providers_(fact_lines(providers)),
      data_({.domains = domains_, .settings = providers_, .dated = "2026-01-01"}) {}

Scenario read_scenario(const std::string& path) { return scenario_from(contents(path), path); }

Scenario scenario_from(std::string_view toml, const std::string& path) {
  const auto table = parse_toml(toml, path);
  Fields fields(table, "");
  Scenario scenario;
  scenario.file = std::filesystem::path(path).filename().string();
  scenario.title = fields.text("title").value_or("");
  scenario.address = fields.text("address").value_or("");
  if (scenario.title.empty() || scenario.address.empty()) throw BadScenario(path, "title and address are needed");
  const auto folder = std::filesystem::path(path).parent_path();
  if (const auto file = fields.text("recording")) scenario.recording = contents((folder / *file).string());
  scenario.world = read_world(fields, mail_domain_of(scenario.address), folder.string());
  read_options(Fields(table_or_none(fields, "options"), "options"), scenario);
  read_policy(Fields(table_or_none(fields, "policy"), "policy"), scenario);
  scenario.facts = read_facts(fields);
  scenario.expect = read_expectation(Fields(table_or_none(fields, "expect"), "expect"));
  fields.finish();
  return scenario;
}

std::vector<std::string> scenario_files(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path().string());
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace mailconf::simulated
