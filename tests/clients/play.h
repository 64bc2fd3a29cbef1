// A simulated client in a simulated world.
#pragma once

#include "driver/simulating.h"
#include "support/simulated_network.h"
#include "support/world_reader.h"

namespace mailconf::testing {

constexpr Duration play_time = std::chrono::minutes(20);

inline clients::Circumstances about(const std::string& domain) {
  return {DomainName::parse(domain).value(), std::nullopt, false, true};
}

inline Prediction played(const simulated::World& world, const std::string& client,
                         const clients::Circumstances& circumstances) {
  simulated::SimulatedNetwork network(world);
  SharedNetwork shared(network, manners_of_clients({}));
  std::uint32_t owner = 1;
  auto simulations = simulations_of({{client}, false}, circumstances);
  return run_simulations(shared, owner, std::move(simulations.value()), play_time, {}).front();
}

}  // namespace mailconf::testing
