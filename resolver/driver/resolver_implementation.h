// What a Resolver has: its options, the sources that they choose, and a network, real or recorded.
#pragma once

#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "driver/audits.h"
#include "driver/chosen_sources.h"
#include "driver/driver.h"
#include "driver/logging_in.h"
#include "driver/many.h"
#include "driver/policy_file.h"
#include "driver/recorded_network.h"
#include "driver/simulating.h"
#include "mailconf/resolver.h"

namespace mailconf {

inline DomainName domain_of(const AddressOrDomain& about) {
  const auto* address = std::get_if<EmailAddress>(&about);
  return address ? address->domain() : std::get<DomainName>(about);
}

inline std::optional<EmailAddress> address_of(const AddressOrDomain& about) {
  const auto* address = std::get_if<EmailAddress>(&about);
  return address ? std::optional(*address) : std::nullopt;
}

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

}  // namespace mailconf
