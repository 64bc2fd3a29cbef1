#include "mailconf/resolver.h"

#include <algorithm>
#include <filesystem>

#include "driver/audits.h"
#include "driver/chosen_sources.h"
#include "driver/driver.h"
#include "driver/logging_in.h"
#include "driver/mail_hosts.h"
#include "driver/many.h"
#include "driver/policy_file.h"
#include "driver/probing.h"
#include "driver/recorded_network.h"
#include "driver/records.h"
#include "driver/simulating.h"
#include "engine/timing.h"
#include "network/real_network.h"
#include "sources/provider_data.h"

namespace mailconf {
namespace {

bool is_folder(const std::string& path) {
  std::error_code problem;
  return std::filesystem::is_directory(path, problem);
}

Report refused_input(const DomainName& domain, const Error& error) {
  Report report;
  report.domain = domain.ascii();
  report.status = Status::bad_input;
  report.warnings.push_back({"bad-input", error.text()});
  return report;
}

DomainName domain_of(const AddressOrDomain& about) {
  const auto* address = std::get_if<EmailAddress>(&about);
  return address ? address->domain() : std::get<DomainName>(about);
}

std::optional<EmailAddress> address_of(const AddressOrDomain& about) {
  const auto* address = std::get_if<EmailAddress>(&about);
  return address ? std::optional(*address) : std::nullopt;
}

}  // namespace

class Resolver::Implementation {
 public:
  Implementation(ResolverOptions settings, ChosenSources chosen, std::unique_ptr<Network> net)
      : options(std::move(settings)), sources(std::move(chosen)), network(std::move(net)) {}

  Report resolve(const AddressOrDomain& about, const Observer& observer, const std::stop_token& stop);
  Recorded record(const AddressOrDomain& about, const Observer& observer, const std::stop_token& stop);
  std::vector<ProbedPort> probe(Network& through, const std::vector<Server>& servers, const std::stop_token& stop);
  std::vector<LoginAttempt> verify(Network& through, const Configuration& shown, const EmailAddress& address,
                                   Credentials credentials, const std::stop_token& stop);
  [[nodiscard]] clients::Circumstances circumstances(const AddressOrDomain& about,
                                                     const SimulationOptions& chosen) const;
  [[nodiscard]] AuditTerms audit_terms(const AuditObserver& observer) const;
  // A recording is played from its beginning.
  void rewind(const std::optional<EmailAddress>& address);
  [[nodiscard]] Recording written(const AddressOrDomain& about, const RecordingNetwork& recorder) const;
  [[nodiscard]] std::variant<Prepared, Report> prepare(const AddressOrDomain& about, const Observer& observer) const;

  ResolverOptions options;
  ChosenSources sources;
  std::unique_ptr<const Recording> recording;  // that `network` plays; absent for a real one
  std::unique_ptr<Network> network;
  std::uint32_t next_owner = 1;

 private:
  [[nodiscard]] Result<std::optional<PolicyFile>> policy_for(const DomainName& domain) const;
};

Result<std::optional<PolicyFile>> Resolver::Implementation::policy_for(const DomainName& domain) const {
  if (recording) return recording->policy;
  return read_policy_file(options.isp_dir, domain);
}

std::variant<Prepared, Report> Resolver::Implementation::prepare(const AddressOrDomain& about,
                                                                 const Observer& observer) const {
  const auto domain = domain_of(about);
  auto policy = policy_for(domain);
  if (!policy) return refused_input(domain, policy.error());
  auto subject =
      std::make_unique<Subject>(Subject{domain, address_of(about), options.send_address, sources.ispdb, std::nullopt,
                                        "", &ProviderData::builtin(), options.allow_plaintext, options.allow_http});
  if (*policy) {
    subject->policy_path = (*policy)->path;
    subject->policy_file = std::move((*policy)->contents);
  }
  const ResolutionOptions how{options.deadline, options.probe};
  auto resolution = std::make_unique<Resolution>(*subject, sources.catalog, how, observer);
  return Prepared{std::move(subject), std::move(resolution)};
}

Report Resolver::Implementation::resolve(const AddressOrDomain& about, const Observer& observer,
                                         const std::stop_token& stop) {
  const auto prepared = prepare(about, observer);
  if (const auto* known = std::get_if<Report>(&prepared)) return *known;
  rewind(address_of(about));
  return run(*std::get<Prepared>(prepared).resolution, *network, next_owner++, stop);
}

Recorded Resolver::Implementation::record(const AddressOrDomain& about, const Observer& observer,
                                          const std::stop_token& stop) {
  const auto prepared = prepare(about, observer);
  if (const auto* known = std::get_if<Report>(&prepared)) return {*known, ""};
  const auto& [subject, resolution] = std::get<Prepared>(prepared);
  RecordingNetwork recorder(*network, subject->address);
  Recorded result;
  result.report = run(*resolution, recorder, next_owner++, stop);
  auto recorded = written(about, recorder);
  if (subject->policy_file) recorded.policy = PolicyFile{subject->policy_path, *subject->policy_file};
  result.recording = write_recording(recorded);
  return result;
}

Recording Resolver::Implementation::written(const AddressOrDomain& about, const RecordingNetwork& recorder) const {
  Recording result;
  result.domain = domain_of(about).ascii();
  result.has_address = address_of(about).has_value();
  result.options = options;
  result.entries = recorder.entries();
  return result;
}

clients::Circumstances Resolver::Implementation::circumstances(const AddressOrDomain& about,
                                                               const SimulationOptions& chosen) const {
  return {domain_of(about), address_of(about), chosen.send_address, options.allow_http};
}

AuditTerms Resolver::Implementation::audit_terms(const AuditObserver& observer) const {
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  return {options.deadline, recording ? recording->audited_on.value_or(today) : today, observer};
}

void Resolver::Implementation::rewind(const std::optional<EmailAddress>& address) {
  if (recording) network = std::make_unique<ReplayingNetwork>(*recording, address);
}

std::vector<ProbedPort> Resolver::Implementation::probe(Network& through, const std::vector<Server>& servers,
                                                        const std::stop_token& stop) {
  const Duration patience = std::min<Duration>(timing::proof, options.deadline);
  return probe_servers(through, next_owner++, servers, patience, stop);
}

std::vector<LoginAttempt> Resolver::Implementation::verify(Network& through, const Configuration& shown,
                                                           const EmailAddress& address, Credentials credentials,
                                                           const std::stop_token& stop) {
  LoginPlan plan(shown, address, std::make_shared<const Credentials>(std::move(credentials)));
  return log_in(through, next_owner++, std::move(plan), options.deadline, stop);
}

Result<Resolver> Resolver::create(ResolverOptions options) {
  if (options.deadline <= std::chrono::milliseconds::zero()) {
    return fail(ErrorCode::bad_option, "deadline", "must be longer than nothing");
  }
  if (!options.isp_dir.empty() && !is_folder(options.isp_dir)) {
    return fail(ErrorCode::bad_option, "isp-dir", options.isp_dir + " is no folder");
  }
  auto sources = chosen_sources(options);
  if (!sources) return tl::unexpected(sources.error());
  auto network = make_real_network({options.dns,
                                    options.ca_file,
                                    options.allow_private,
                                    options.connect_to,
                                    {options.proxy, options.no_proxy, options.proxy_only}});
  if (!network) return tl::unexpected(network.error());
  return Resolver(std::make_unique<Implementation>(std::move(options), *std::move(sources), *std::move(network)));
}

Result<Resolver> Resolver::replay(std::string_view text) {
  auto read = read_recording(text);
  if (!read) return tl::unexpected(read.error());
  auto recording = std::make_unique<const Recording>(std::move(*read));
  auto sources = chosen_sources(recording->options);
  if (!sources) return fail(ErrorCode::bad_document, "1", sources.error().message);
  auto network = std::make_unique<ReplayingNetwork>(*recording, std::nullopt);
  auto implementation = std::make_unique<Implementation>(recording->options, *std::move(sources), std::move(network));
  implementation->recording = std::move(recording);
  return Resolver(std::move(implementation));
}

Resolver::Resolver(std::unique_ptr<Implementation> implementation) : implementation_(std::move(implementation)) {}
Resolver::Resolver(Resolver&&) noexcept = default;
Resolver& Resolver::operator=(Resolver&&) noexcept = default;
Resolver::~Resolver() = default;

Report Resolver::resolve(const EmailAddress& address, const Observer& observer, std::stop_token stop) {
  return implementation_->resolve(address, observer, stop);
}

Report Resolver::resolve(const DomainName& domain, const Observer& observer, std::stop_token stop) {
  return implementation_->resolve(domain, observer, stop);
}

Recorded Resolver::record(const AddressOrDomain& about, const Observer& observer, std::stop_token stop) {
  return implementation_->record(about, observer, stop);
}

std::optional<RecordedRun> Resolver::recorded_run() const {
  const auto& recording = implementation_->recording;
  return recording ? std::optional(recording->run()) : std::nullopt;
}

std::optional<AddressOrDomain> Resolver::recorded() const {
  const auto& recording = implementation_->recording;
  if (!recording || recording->domain.empty()) return std::nullopt;
  const auto domain = DomainName::parse(recording->domain).value();
  if (!recording->has_address) return domain;
  return EmailAddress::parse("user@" + recording->domain).value();
}

std::vector<Server> Resolver::recorded_ports() const {
  const auto& recording = implementation_->recording;
  return recording ? recording->ports : std::vector<Server>();
}

void Resolver::resolve_many(const Batch& batch, std::stop_token stop) {
  auto& own = *implementation_;
  SharedNetwork shared(*own.network, manners_of(batch, own.options));
  run_many(
      shared, own.next_owner, batch, [&own](const AddressOrDomain& about) { return own.prepare(about, {}); }, stop);
}

void Resolver::wake() { implementation_->network->wake(); }

std::vector<ProbedPort> Resolver::probe(const std::vector<Server>& servers, std::stop_token stop) {
  implementation_->rewind(std::nullopt);
  return implementation_->probe(*implementation_->network, servers, stop);
}

RecordedPorts Resolver::record_probe(const std::vector<Server>& servers, std::stop_token stop) {
  RecordingNetwork recorder(*implementation_->network, std::nullopt);
  RecordedPorts result{implementation_->probe(recorder, servers, stop), ""};
  Recording written;
  written.ports = servers;
  written.options = implementation_->options;
  written.entries = recorder.entries();
  result.recording = write_recording(written);
  return result;
}

std::vector<LoginAttempt> Resolver::verify(const Configuration& shown, const EmailAddress& address,
                                           Credentials credentials, std::stop_token stop) {
  auto& own = *implementation_;
  own.rewind(address);
  // Any name will do in the place of the one that was typed.
  if (own.recording && own.recording->typed_username && credentials.username.empty()) credentials.username = "username";
  return own.verify(*own.network, shown, address, std::move(credentials), stop);
}

Result<RecordedLogins> Resolver::record_verify(std::string_view recording, const Configuration& shown,
                                               const EmailAddress& address, Credentials credentials,
                                               std::stop_token stop) {
  auto written = read_recording(recording);
  if (!written) return tl::unexpected(written.error());
  written->typed_username = !credentials.username.empty();
  RecordingNetwork recorder(*implementation_->network, address);
  RecordedLogins result{implementation_->verify(recorder, shown, address, std::move(credentials), stop), ""};
  written->entries.insert(written->entries.end(), recorder.entries().begin(), recorder.entries().end());
  result.recording = write_recording(*written);
  return result;
}

MailHosts Resolver::mail_hosts(const DomainName& domain, std::stop_token stop) {
  const Duration patience = std::min<Duration>(timing::dns_question, implementation_->options.deadline);
  return look_up_mail_hosts(*implementation_->network, implementation_->next_owner++, domain, patience, stop);
}

Result<std::vector<Prediction>> Resolver::simulate(const AddressOrDomain& about, const SimulationOptions& options,
                                                   std::stop_token stop) {
  auto& own = *implementation_;
  const auto circumstances = own.circumstances(about, options);
  if (own.recording) return replay_simulations(*own.recording, options, circumstances, stop);
  auto simulations = simulations_of(options, circumstances);
  if (!simulations) return tl::unexpected(simulations.error());
  SharedNetwork shared(*own.network, manners_of_clients(own.options));
  return run_simulations(shared, own.next_owner, std::move(*simulations), own.options.deadline, stop);
}

Result<RecordedPredictions> Resolver::record_simulation(const AddressOrDomain& about, const SimulationOptions& options,
                                                        std::stop_token stop) {
  auto& own = *implementation_;
  auto simulations = simulations_of(options, own.circumstances(about, options));
  if (!simulations) return tl::unexpected(simulations.error());
  SharedNetwork shared(*own.network, manners_of_clients(own.options));
  RecordingNetwork recorder(shared, address_of(about));
  RecordedPredictions result;
  result.predictions = run_simulations(recorder, own.next_owner, std::move(*simulations), own.options.deadline, stop);
  auto written = own.written(about, recorder);
  written.options.send_address = options.send_address ? SendAddress::retry : SendAddress::never;
  for (const auto& prediction : result.predictions) written.clients.push_back(prediction.client.name);
  result.recording = write_recording(written);
  return result;
}

void Resolver::audit_many(const AuditBatch& batch, const AuditObserver& observer, std::stop_token stop) {
  auto& own = *implementation_;
  const auto terms = own.audit_terms(observer);
  if (own.recording) {
    ReplayingNetwork again(*own.recording, std::nullopt);
    return run_audits(again, own.next_owner, batch, terms, stop);
  }
  SharedNetwork shared(*own.network, manners_of(Batch(), own.options));
  run_audits(shared, own.next_owner, batch, terms, stop);
}

Audit Resolver::audit(const DomainName& domain, std::stop_token stop) {
  Audit result;
  audit_many(batch_of(domain, result), {}, stop);
  return result;
}

RecordedAudit Resolver::record_audit(const DomainName& domain, const AuditObserver& observer, std::stop_token stop) {
  auto& own = *implementation_;
  const auto terms = own.audit_terms(observer);
  SharedNetwork shared(*own.network, manners_of(Batch(), own.options));
  RecordingNetwork recorder(shared, std::nullopt);
  RecordedAudit result;
  run_audits(recorder, own.next_owner, batch_of(domain, result.audit), terms, stop);
  auto written = own.written(domain, recorder);
  written.audited_on = terms.today;
  result.recording = write_recording(written);
  return result;
}

std::vector<RecordAnswer> Resolver::look_up(const std::vector<RecordQuestion>& questions, std::stop_token stop) {
  const Duration patience = std::min<Duration>(timing::dns_question, implementation_->options.deadline);
  return look_up_records(*implementation_->network, implementation_->next_owner++, questions, patience, stop);
}

}  // namespace mailconf
