// Questions that are asked all at once, and waited for.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

#include "network/network.h"

namespace mailconf {

// An answer for each, in their order; nothing for what the stop token cuts off.
std::vector<std::optional<Answer>> ask_all(Network& network, std::uint32_t owner,
                                           const std::vector<Question>& questions, Duration patience,
                                           const std::stop_token& stop);

}  // namespace mailconf
