// The runs of a Resolver as files, and again.
#include "driver/resolver_implementation.h"
#include "driver/shared_network.h"

namespace mailconf {

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

}  // namespace mailconf
