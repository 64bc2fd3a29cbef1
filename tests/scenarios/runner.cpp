#include "scenarios/runner.h"

#include <algorithm>
#include <stop_token>

#include "driver/driver.h"
#include "engine/resolution.h"
#include "sources/catalog.h"
#include "support/toml_fields.h"

namespace mailconf::simulated {
namespace {

constexpr std::uint32_t owner = 1;

void arrange(SimulatedNetwork& network, const Scenario& scenario, const Variation& variation,
             std::stop_source& cancellation) {
  network.allow_private(scenario.options.allow_private);
  network.shuffle(variation.shuffle_seed, variation.shuffle_limit);
  network.lose(variation.loss_seed);
  if (variation.interference) network.interfere(variation.interference->question, variation.interference->answer);
  if (scenario.cancel_at) network.at(*scenario.cancel_at, [&cancellation] { cancellation.request_stop(); });
}

Run refused(const Error& error) {
  Run run;
  run.report.status = Status::bad_input;
  run.report.warnings.push_back({"bad-input", error.text()});
  return run;
}

// What came of a live run, with the options it had; nobody is asked for anything.
Run replayed(const Scenario& scenario) {
  auto resolver = Resolver::replay(*scenario.recording);
  if (!resolver) throw BadScenario(scenario.file, resolver.error().text());
  const auto address = EmailAddress::parse(scenario.address);
  Run run;
  run.report = address ? resolver->resolve(*address) : resolver->resolve(DomainName::parse(scenario.address).value());
  run.ended = run.report.elapsed;
  return run;
}

}  // namespace

std::vector<CatalogEntry> chosen_catalog(const ResolverOptions& options) {
  auto catalog = standard_catalog();
  std::erase_if(catalog, [&](const CatalogEntry& entry) {
    const bool wanted =
        options.sources.empty() || std::ranges::find(options.sources, entry.id) != options.sources.end();
    return !wanted || (entry.id == "guess" && !options.probe);
  });
  return catalog;
}

const ProviderData* facts_of(const Scenario& scenario) {
  if (scenario.facts) return &scenario.facts->data();
  return scenario.shipped_facts ? &ProviderData::builtin() : nullptr;
}

// An address, or a domain where there is no "@".
Result<Subject> subject_of(const Scenario& scenario) {
  std::optional<EmailAddress> address;
  if (scenario.address.find('@') != std::string::npos) {
    auto parsed = EmailAddress::parse(scenario.address);
    if (!parsed) return tl::unexpected(parsed.error());
    address = *parsed;
  }
  auto domain = address ? Result<DomainName>(address->domain()) : DomainName::parse(scenario.address);
  if (!domain) return tl::unexpected(domain.error());
  const auto& options = scenario.options;
  Subject subject{*domain,
                  address,
                  options.send_address,
                  std::nullopt,
                  scenario.policy_file,
                  "isp/" + domain->ascii() + ".xml",
                  facts_of(scenario),
                  options.allow_plaintext,
                  options.allow_http};
  if (options.ispdb != "off") subject.ispdb = Url::parse(options.ispdb).value();
  return subject;
}

Run run(const Scenario& scenario, const Variation& variation) {
  if (scenario.recording) return replayed(scenario);
  const auto subject = subject_of(scenario);
  if (!subject) return refused(subject.error());
  SimulatedNetwork network(scenario.world);
  std::stop_source cancellation;
  arrange(network, scenario, variation, cancellation);
  Run run;
  Observer observer;
  observer.provisional = [&](const Report& report) {
    if (!run.provisional) run.provisional = report;
  };
  Resolution resolution(*subject, chosen_catalog(scenario.options), {scenario.options.deadline, scenario.options.probe},
                        observer);
  run.report = mailconf::run(resolution, network, owner, cancellation.get_token());
  run.asked = network.asked();
  run.dialled = network.dialled();
  run.mail_commands = network.mail_commands();
  run.sockets = network.peak_sockets(owner);
  run.questions = network.started();
  run.outstanding = network.outstanding();
  run.open_sockets = network.open_sockets();
  run.ended = network.now();
  return run;
}

bool matches(std::string_view text, std::string_view pattern) {
  const auto star = pattern.find('*');
  if (star == std::string_view::npos) return text == pattern;
  if (!text.starts_with(pattern.substr(0, star))) return false;
  const auto rest = pattern.substr(star + 1);
  for (auto from = star; from <= text.size(); ++from) {
    if (matches(text.substr(from), rest)) return true;
  }
  return false;
}

}  // namespace mailconf::simulated
