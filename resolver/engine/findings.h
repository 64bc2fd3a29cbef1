// From a source's settings to a finding: placeholders replaced, unencrypted servers set aside, trust weighed.
#pragma once

#include "engine/state.h"
#include "engine/trust.h"

namespace mailconf {

// The placeholders replaced for the subject.
Settings applied(const Subject& subject, const Settings& settings);

std::vector<EvidenceLink> evidence_links(const State& state, const std::vector<std::size_t>& evidence);

// `evidence` are the asks that the settings rest on.
Finding make_finding(const State& state, std::size_t rank, const Settings& settings, std::vector<std::size_t> evidence);

}  // namespace mailconf
