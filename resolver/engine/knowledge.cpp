#include "engine/knowledge.h"

#include "sources/mx_domains.h"
#include "sources/provider_data.h"

namespace mailconf {
namespace {

// Whether or not the answer has come for the sake of this.
std::vector<DomainName> domains_behind_mx(const State& state) {
  const auto id = state.exchanges.find(mx_question(state.subject.domain));
  if (!id || !state.exchanges[*id].answer) return {};
  return mx_domains(*state.exchanges[*id].answer, state.subject).domains;
}

}  // namespace

std::vector<Hint> notes_about(const State& state) {
  const auto* providers = state.subject.providers;
  if (!providers) return {};
  auto notes = providers->notes(state.subject.domain);
  if (!notes.empty()) return notes;
  for (const auto& domain : domains_behind_mx(state)) {
    notes = providers->notes(domain);
    if (!notes.empty()) break;
  }
  return notes;
}

}  // namespace mailconf
