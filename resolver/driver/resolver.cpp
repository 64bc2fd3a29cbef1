#include "mailconf/resolver.h"

#include <algorithm>
#include <filesystem>

#include "driver/mail_hosts.h"
#include "driver/probing.h"
#include "driver/records.h"
#include "driver/resolver_implementation.h"
#include "driver/shared_network.h"
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

}  // namespace

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

std::vector<LoginAttempt> Resolver::verify(const Configuration& shown, const EmailAddress& address,
                                           Credentials credentials, std::stop_token stop) {
  auto& own = *implementation_;
  own.rewind(address);
  // Any name will do in the place of the one that was typed.
  if (own.recording && own.recording->typed_username && credentials.username.empty()) credentials.username = "username";
  return own.verify(*own.network, shown, address, std::move(credentials), stop);
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

std::vector<RecordAnswer> Resolver::look_up(const std::vector<RecordQuestion>& questions, std::stop_token stop) {
  const Duration patience = std::min<Duration>(timing::dns_question, implementation_->options.deadline);
  return look_up_records(*implementation_->network, implementation_->next_owner++, questions, patience, stop);
}

}  // namespace mailconf
