// Carries a resolution's questions to a network and the answers back, until it is finished.
#pragma once

#include <cstdint>
#include <stop_token>

#include "engine/resolution.h"
#include "network/network.h"

namespace mailconf {

// `owner` tells the resolution's tickets from others' on the same network. A stop request, from any thread, cancels all
// work.
Report run(Resolution& resolution, Network& network, std::uint32_t owner, const std::stop_token& stop = {});

}  // namespace mailconf
