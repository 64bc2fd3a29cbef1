#include "engine/services.h"

#include <algorithm>
#include <fmt/core.h>

#include "engine/findings.h"
#include "engine/trust.h"

namespace mailconf {
namespace {

bool is_same(const Service& a, const Service& b) {
  return a.type == b.type && a.url == b.url && a.hostname == b.hostname && a.port == b.port;
}

std::vector<std::size_t> chain_of(const State& state, std::size_t ask) {
  std::vector<std::size_t> chain;
  for (std::optional<std::size_t> link = ask; link; link = state.asks[*link].because) chain.push_back(*link);
  return chain;
}

// Those of the documents first, by rank, then those that were asked for by themselves. A finding whose servers are not
// as published is no witness of anything.
std::vector<ServiceFinding> all_services(const State& state) {
  std::vector<ServiceFinding> all;
  for (const auto& [rank, finding] : state.findings) {
    const auto candidate = candidate_of(state, finding);
    if (candidate.incoming == Standing::refuted || candidate.outgoing == Standing::refuted) continue;
    for (const auto& service : finding.services) all.push_back({rank, service, finding.trust});
  }
  auto beside = state.services;
  std::stable_sort(beside.begin(), beside.end(), [](const auto& a, const auto& b) { return a.rank > b.rank; });
  all.insert(all.end(), beside.begin(), beside.end());
  return all;
}

bool names(const Configuration& configuration, const Service& service) {
  return std::any_of(configuration.services.begin(), configuration.services.end(),
                     [&](const FoundService& found) { return is_same(found.service, service); });
}

}  // namespace

std::string host_of(const Service& service) {
  if (service.url.empty()) return service.hostname;
  const auto url = Url::parse(service.url);
  return url ? url->host : std::string();
}

ServiceFinding make_service_finding(const State& state, std::size_t ask, const Service& service) {
  const std::size_t rank = state.asks[ask].source;
  Settings alone;
  alone.services = {service};
  auto ready = applied(state.subject, alone).services;
  const Trust trust = trust_of_service(evidence_links(state, chain_of(state, ask)), state.subject, host_of(service));
  return {
      rank,
      {ready.empty() ? service : std::move(ready.front()), service.username, std::string(state.sources[rank].entry.id)},
      trust};
}

void add_services(const State& state, Configuration& configuration) {
  const bool alone = configuration.sources.empty();
  auto all = all_services(state);
  if (alone && !all.empty()) configuration.trust = std::ranges::min(all, {}, &ServiceFinding::trust).trust;
  for (auto& finding : all) {
    if (finding.trust < configuration.trust || names(configuration, finding.found.service)) continue;
    configuration.services.push_back(std::move(finding.found));
  }
}

std::vector<Warning> services_left_out(const State& state, const Configuration& configuration) {
  std::vector<Warning> warnings;
  for (const auto& finding : all_services(state)) {
    const auto& service = finding.found.service;
    if (configuration.sources.empty() || finding.trust >= configuration.trust || names(configuration, service))
      continue;
    warnings.push_back(
        {"service-left-out", fmt::format("{} names {} at {}, which deserves less trust than the rest",
                                         finding.found.source, to_string(service.type), host_of(service))});
  }
  return warnings;
}

}  // namespace mailconf
