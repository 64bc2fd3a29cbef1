// What is known of the provider besides its servers: what its users have to do or to know first.
#pragma once

#include <vector>

#include "engine/state.h"

namespace mailconf {

// By the domain of the subject, else by the hosts that its mail goes to; each kind once.
std::vector<Hint> notes_about(const State& state);

}  // namespace mailconf
