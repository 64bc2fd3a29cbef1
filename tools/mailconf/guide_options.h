// The options of guide.
#pragma once

#include "options.h"

namespace mailconf::cli {

Result<void> read_guide_options(const TypedOptions& typed, GuideRequest& guide);

}  // namespace mailconf::cli
