// Services beside the mail: what sources say of them, and which of them a configuration may name.
#pragma once

#include "engine/state.h"

namespace mailconf {

// `ask` is the one whose answer told of the service.
ServiceFinding make_service_finding(const State& state, std::size_t ask, const Service& service);

// Adds what sources found besides the configuration's own services. None that deserves less trust than the
// configuration itself: whoever uses one without asking does so with the other.
void add_services(const State& state, Configuration& configuration);

// The services that were left out for that reason.
std::vector<Warning> services_left_out(const State& state, const Configuration& configuration);

}  // namespace mailconf
