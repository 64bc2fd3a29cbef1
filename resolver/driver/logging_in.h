// Carrying out a plan of logins, one after the other.
#pragma once

#include <cstdint>
#include <stop_token>

#include "engine/login_plan.h"
#include "network/network.h"

namespace mailconf {

// Each login has `patience`; what the stop token cuts off is not tried.
std::vector<LoginAttempt> log_in(Network& network, std::uint32_t owner, LoginPlan plan, Duration patience,
                                 const std::stop_token& stop);

}  // namespace mailconf
