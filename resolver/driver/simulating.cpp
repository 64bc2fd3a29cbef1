#include "driver/simulating.h"

#include <algorithm>

#include "clients/known_clients.h"
#include "driver/crowd.h"
#include "driver/recorded_network.h"

namespace mailconf {
namespace {

// In a row that stays where it is.
struct Playing {
  clients::Simulation* simulation;

  [[nodiscard]] Orders begin(Instant now) const { return simulation->begin(now); }
  [[nodiscard]] Orders on_answer(std::uint32_t number, const Answer& answer, Instant now) const {
    return simulation->on_answer(number, answer, now);
  }
  [[nodiscard]] Orders on_time(Instant now) const { return simulation->on_time(now); }
};

void play(TurnNetwork& network, std::uint32_t& next_owner, std::vector<clients::Simulation>& simulations, Instant end,
          const std::stop_token& stop) {
  Crowd<Playing> crowd(network, next_owner, [](const Playing&) {});
  for (auto& simulation : simulations) crowd.begin({&simulation});
  while (crowd.size() > 0 && !stop.stop_requested() && network.now() < end) crowd.wait(end);
  const char* const reason = stop.stop_requested() ? "stopped before it had ended" : "there was no more time for it";
  crowd.abandon([&](const Playing& each, Instant now) { return each.simulation->abort(now, reason); });
}

}  // namespace

Result<std::vector<clients::Simulation>> simulations_of(const SimulationOptions& chosen,
                                                        const clients::Circumstances& about) {
  std::vector<clients::Simulation> simulations;
  if (chosen.clients.empty()) {
    for (const auto& facts : clients::known_clients()) simulations.emplace_back(facts, about);
  }
  for (const auto& name : chosen.clients) {
    const auto* facts = clients::known_client(name);
    if (!facts) return fail(ErrorCode::bad_option, "clients", "there is no client named \"" + name + "\"");
    simulations.emplace_back(*facts, about);
  }
  return simulations;
}

// More than any client has at once: its clock must not stand still because it waits for itself. What goes to one
// address at a time is for the network below to say.
constexpr std::size_t most_at_once = 64;

SharedNetwork::Manners manners_of_clients(const ResolverOptions& options) {
  SharedNetwork::Manners manners;
  manners.at_one_host = most_at_once;
  manners.at_one_address = most_at_once;
  manners.by_address = options.proxy.empty();
  manners.connect_to = options.connect_to;
  return manners;
}

std::vector<Prediction> run_simulations(TurnNetwork& network, std::uint32_t& next_owner,
                                        std::vector<clients::Simulation> simulations, Duration patience,
                                        const std::stop_token& stop) {
  const std::stop_callback wake_up(stop, [&network] { network.wake(); });
  play(network, next_owner, simulations, network.now() + patience, stop);
  std::vector<Prediction> predictions;
  for (const auto& simulation : simulations) predictions.push_back(simulation.prediction());
  return predictions;
}

Result<std::vector<Prediction>> replay_simulations(const Recording& recording, const SimulationOptions& chosen,
                                                   clients::Circumstances about, const std::stop_token& stop) {
  for (const auto& name : chosen.clients) {
    if (std::ranges::find(recording.clients, name) == recording.clients.end())
      return fail(ErrorCode::bad_option, "clients", "\"" + name + "\" is not in the recording");
  }
  about.send_address = recording.options.send_address == SendAddress::retry;
  auto simulations = simulations_of({recording.clients, about.send_address}, about);
  if (!simulations) return tl::unexpected(simulations.error());
  ReplayingNetwork network(recording, about.address);
  std::uint32_t owner = 1;
  auto predictions = run_simulations(network, owner, std::move(*simulations), recording.options.deadline, stop);
  std::erase_if(predictions, [&](const Prediction& each) {
    return !chosen.clients.empty() && std::ranges::find(chosen.clients, each.client.name) == chosen.clients.end();
  });
  return predictions;
}

}  // namespace mailconf
