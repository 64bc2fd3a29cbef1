// From findings to configurations: the best one, and what the others say.
#pragma once

#include <vector>

#include "engine/state.h"

namespace mailconf {

// Reading from one finding and sending from another or the same. Servers that were refused their proof are left out:
// they are not as published. Those proven stand before those that did not answer.
Configuration recommended(const State& state, const Chosen& chosen);

// Every finding that is not in `chosen`, whole, with its proofs, in order of rank; those that say the same or less are
// merged. A chosen finding of which nothing could be recommended stands here too.
std::vector<Configuration> alternatives(const State& state, const Chosen& chosen);

// Where two configurations name different servers for the same protocol.
std::vector<Conflict> conflicts(const Configuration& best, const std::vector<Configuration>& others);

}  // namespace mailconf
