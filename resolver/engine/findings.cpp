#include "engine/findings.h"

#include "engine/sign_in.h"

namespace mailconf {
namespace {

// One server at a time, so that its template stays beside it when a neighbour is dropped.
std::vector<FoundServer> apply_servers(const Subject& subject, std::string_view source,
                                       const std::vector<Server>& servers, bool incoming) {
  std::vector<FoundServer> found;
  for (const auto& server : servers) {
    Settings alone;
    (incoming ? alone.incoming : alone.outgoing).push_back(server);
    auto result = applied(subject, alone);
    for (auto& ready : incoming ? result.incoming : result.outgoing) {
      found.push_back({std::move(ready), server.username, std::string(source), {}});
    }
  }
  return found;
}

std::vector<FoundService> apply_services(const Subject& subject, std::string_view source,
                                         const std::vector<Service>& services) {
  std::vector<FoundService> found;
  for (const auto& service : services) {
    Settings alone;
    alone.services.push_back(service);
    for (auto& ready : applied(subject, alone).services) {
      found.push_back({std::move(ready), service.username, std::string(source)});
    }
  }
  return found;
}

void set_unencrypted_aside(std::vector<FoundServer>& servers, std::vector<Reservation>& aside) {
  std::erase_if(servers, [&](const FoundServer& found) {
    const bool in_clear = is_tcp(found.server.type) && found.server.socket_type == SocketType::plain;
    if (in_clear) aside.push_back({found.server, Reservation::in_clear});
    return in_clear;
  });
}

}  // namespace

Settings applied(const Subject& subject, const Settings& settings) {
  return (subject.address ? for_address(settings, *subject.address) : for_domain(settings, subject.domain)).settings;
}

std::vector<EvidenceLink> evidence_links(const State& state, const std::vector<std::size_t>& evidence) {
  std::vector<EvidenceLink> chain;
  for (const auto index : evidence) {
    const auto& exchange = state.exchanges[state.asks[index].exchange];
    const auto* dns = exchange.answer ? std::get_if<DnsAnswer>(&*exchange.answer) : nullptr;
    chain.push_back({exchange.question, exchange.redirects, dns && dns->authentic});
  }
  return chain;
}

Finding make_finding(const State& state, std::size_t rank, const Settings& settings,
                     std::vector<std::size_t> evidence) {
  const std::string_view source = state.sources[rank].entry.id;
  Finding finding;
  finding.rank = rank;
  finding.published = settings;
  finding.settings = applied(state.subject, settings);
  finding.incoming = apply_servers(state.subject, source, settings.incoming, true);
  finding.outgoing = apply_servers(state.subject, source, settings.outgoing, false);
  finding.services = apply_services(state.subject, source, settings.services);
  if (!state.subject.allow_plaintext) {
    set_unencrypted_aside(finding.incoming, finding.reservations);
    set_unencrypted_aside(finding.outgoing, finding.reservations);
  }
  std::vector<Server> servers;
  for (const auto& found : finding.incoming) servers.push_back(found.server);
  for (const auto& found : finding.outgoing) servers.push_back(found.server);
  auto judgement = trust_of(evidence_links(state, evidence), state.subject, servers);
  finding.trust = judgement.trust;
  finding.doubts = std::move(judgement.doubts);
  settle_sign_in(finding, state.subject.providers);
  complete_sign_in(finding, state.sign_in);
  finding.evidence = std::move(evidence);
  finding.found_at = state.now;
  return finding;
}

}  // namespace mailconf
