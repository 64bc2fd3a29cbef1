// Services beside the mail: what sources say of them, and which of them a configuration may name.
#pragma once

#include "engine/state.h"

namespace mailconf {

// `ask` is the one whose answer told of the service.
ServiceFinding make_service_finding(const State& state, std::size_t ask, const Service& service);

// Adds what sources found besides the configuration's own services. None that deserves less trust than the
// configuration itself: whoever uses one without asking does so with the other. A configuration without any source, for
// no settings of the mail were found, takes all, and the trust that the least trusted deserves.
void add_services(const State& state, Configuration& configuration);

// The host of its URL, or its own; empty when the URL is none.
std::string host_of(const Service& service);

// The services that were left out for that reason.
std::vector<Warning> services_left_out(const State& state, const Configuration& configuration);

}  // namespace mailconf
