#include "engine/configurations.h"

#include <algorithm>
#include <fmt/core.h>

#include "engine/proof.h"

namespace mailconf {
namespace {

std::vector<FoundServer> with_proofs(const State& state, std::vector<FoundServer> servers) {
  for (auto& found : servers) found.proof = proof_of(state, found.server).value_or(Proof{});
  return servers;
}

std::vector<FoundServer> usable(const State& state, const std::vector<FoundServer>& servers) {
  auto ready = with_proofs(state, servers);
  std::erase_if(ready, [](const FoundServer& found) { return found.proof.outcome == ProofOutcome::refused; });
  std::stable_partition(ready.begin(), ready.end(),
                        [](const FoundServer& found) { return found.proof.outcome != ProofOutcome::unreachable; });
  return ready;
}

bool is_same(const FoundServer& a, const FoundServer& b) {
  return a.server.type == b.server.type && a.server.hostname == b.server.hostname && a.server.port == b.server.port &&
         a.server.socket_type == b.server.socket_type && a.server.url == b.server.url;
}

bool within(const std::vector<FoundServer>& some, const std::vector<FoundServer>& all) {
  return std::all_of(some.begin(), some.end(), [&](const FoundServer& one) {
    return std::any_of(all.begin(), all.end(), [&](const FoundServer& other) { return is_same(one, other); });
  });
}

// `part` names no server that `whole` does not name.
bool adds_nothing(const Finding& part, const Finding& whole) {
  return within(part.incoming, whole.incoming) && within(part.outgoing, whole.outgoing);
}

bool same_servers(const Finding& a, const Finding& b) { return adds_nothing(a, b) && adds_nothing(b, a); }

std::string source_name(const State& state, const Finding& finding) {
  return std::string(state.sources[finding.rank].entry.id);
}

// What the finding says besides its servers.
Configuration described(const State& state, const Finding& finding) {
  Configuration configuration;
  configuration.provider = finding.settings.provider;
  configuration.services = finding.services;
  configuration.oauth2 = finding.settings.oauth2;
  configuration.documentation = finding.settings.documentation;
  configuration.enable = finding.settings.enable;
  configuration.sources = {source_name(state, finding)};
  configuration.trust = finding.trust;
  return configuration;
}

// Others that name the same servers are witnesses: the best trust among them counts.
void add_witnesses(const State& state, const Finding& finding, Configuration& configuration) {
  for (const auto& [rank, other] : state.findings) {
    if (rank == finding.rank || !same_servers(finding, other)) continue;
    configuration.sources.push_back(source_name(state, other));
    configuration.trust = std::max(configuration.trust, other.trust);
  }
}

void compare(const Configuration& best, const Configuration& other, const std::vector<FoundServer>& ours,
             const std::vector<FoundServer>& theirs, std::string_view direction, std::vector<Conflict>& conflicts) {
  if (ours.empty() || theirs.empty()) return;
  const auto& mine = ours.front();
  const auto twin = std::find_if(theirs.begin(), theirs.end(),
                                 [&](const FoundServer& found) { return found.server.type == mine.server.type; });
  if (twin == theirs.end()) return;
  const bool named_elsewhere = std::any_of(theirs.begin(), theirs.end(), [&](const FoundServer& found) {
    return found.server.type == mine.server.type && found.server.hostname == mine.server.hostname;
  });
  if (named_elsewhere) return;
  conflicts.push_back({{best.sources.front(), other.sources.front()},
                       fmt::format("{}.hostname", direction),
                       {mine.server.hostname, twin->server.hostname}});
}

}  // namespace

Configuration recommended(const State& state, const Chosen& chosen) {
  const Finding* leading = chosen.incoming ? chosen.incoming : chosen.outgoing;
  if (!leading) return {};
  Configuration best = described(state, *leading);
  add_witnesses(state, *leading, best);
  if (chosen.incoming) best.incoming = usable(state, chosen.incoming->incoming);
  if (chosen.outgoing) best.outgoing = usable(state, chosen.outgoing->outgoing);
  if (chosen.outgoing && chosen.outgoing != leading) {
    best.sources.push_back(source_name(state, *chosen.outgoing));
    best.trust = std::min(best.trust, chosen.outgoing->trust);
  }
  return best;
}

std::vector<Configuration> alternatives(const State& state, const Chosen& chosen) {
  std::vector<Configuration> others;
  std::vector<const Finding*> told;
  const auto is_told = [&](const Finding& finding) {
    return std::any_of(told.begin(), told.end(), [&](const Finding* other) { return adds_nothing(finding, *other); });
  };
  const auto nothing_left = [&](const std::vector<FoundServer>& servers) { return usable(state, servers).empty(); };
  if (chosen.incoming && !nothing_left(chosen.incoming->incoming)) told.push_back(chosen.incoming);
  if (chosen.outgoing && chosen.outgoing != chosen.incoming && !nothing_left(chosen.outgoing->outgoing)) {
    told.push_back(chosen.outgoing);
  }
  for (const auto& [rank, finding] : state.findings) {
    if (is_told(finding) || (finding.incoming.empty() && finding.outgoing.empty())) continue;
    Configuration other = described(state, finding);
    add_witnesses(state, finding, other);
    other.incoming = with_proofs(state, finding.incoming);
    other.outgoing = with_proofs(state, finding.outgoing);
    others.push_back(std::move(other));
    told.push_back(&finding);
  }
  return others;
}

std::vector<Conflict> conflicts(const Configuration& best, const std::vector<Configuration>& others) {
  std::vector<Conflict> found;
  for (const auto& other : others) {
    if (best.sources.empty() || other.sources.front() == best.sources.front()) continue;
    compare(best, other, best.incoming, other.incoming, "incoming", found);
    compare(best, other, best.outgoing, other.outgoing, "outgoing", found);
  }
  return found;
}

}  // namespace mailconf
