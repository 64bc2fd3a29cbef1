// The report of a resolution as it stands: what to use, why, and what else was seen.
#pragma once

#include "engine/state.h"

namespace mailconf {

Report build_report(const State& state);

}  // namespace mailconf
