// A network that answers in place of the world until somebody signs in: hotels, trains, some offices.
#pragma once

#include "engine/state.h"

namespace mailconf {

// Several hosts were reached, and none of them was itself: every certificate is bad, or the same web page stands
// everywhere.
bool looks_like_a_portal(const State& state);

}  // namespace mailconf
