// Runs simulated clients side by side on one network: what several of them ask is asked once, and answered to each as
// late as it came.
#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include "clients/simulation.h"
#include "driver/recording.h"
#include "driver/shared_network.h"
#include "mailconf/resolver.h"

namespace mailconf {

// One simulation each, in the order of the names. Fails with bad_option for a client that is not known.
Result<std::vector<clients::Simulation>> simulations_of(const SimulationOptions& chosen,
                                                        const clients::Circumstances& about);
// How many connections simulated clients may have at once.
SharedNetwork::Manners manners_of_clients(const ResolverOptions& options);
// Until all are finished, at most for `patience`.
std::vector<Prediction> run_simulations(TurnNetwork& network, std::uint32_t& next_owner,
                                        std::vector<clients::Simulation> simulations, Duration patience,
                                        const std::stop_token& stop);
// All that were recorded, for they waited for one another, and of these the chosen ones. Fails with bad_option for a
// client that is not in the recording.
Result<std::vector<Prediction>> replay_simulations(const Recording& recording, const SimulationOptions& chosen,
                                                   clients::Circumstances about, const std::stop_token& stop);

}  // namespace mailconf
