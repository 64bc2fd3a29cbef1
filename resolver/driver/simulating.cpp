#include "driver/simulating.h"

#include <algorithm>
#include <map>

#include "clients/known_clients.h"
#include "driver/recorded_network.h"

namespace mailconf {
namespace {

class Bench {
 public:
  Bench(TurnNetwork& network, std::uint32_t& next_owner, std::vector<clients::Simulation>& simulations)
      : network_(network) {
    for (auto& simulation : simulations) running_[next_owner++] = {&simulation, {}};
  }

  void run(Instant end, const std::stop_token& stop) {
    for (auto next = running_.begin(); next != running_.end();) {
      const auto place = next++;
      carry_out(place, place->second.simulation->begin(now_of(place->first)));
    }
    while (!running_.empty() && !stop.stop_requested() && network_.now() < end) {
      for (const auto& completion : network_.wait_until(next_wake(end))) on_answer(completion);
      on_time();
    }
    abandon(stop.stop_requested() ? "stopped before it had ended" : "there was no more time for it");
  }

 private:
  struct Running {
    clients::Simulation* simulation = nullptr;
    Instant wake{};
  };
  using Place = std::map<std::uint32_t, Running>::iterator;

  void on_answer(const Completion& completion) {
    const auto& [owner, number] = completion.ticket;
    const auto place = running_.find(owner);
    if (place == running_.end()) return;
    carry_out(place, place->second.simulation->on_answer(number, completion.answer, now_of(owner)));
  }

  void on_time() {
    for (auto next = running_.begin(); next != running_.end();) {
      const auto place = next++;
      const Instant now = now_of(place->first);
      if (place->second.wake <= now) carry_out(place, place->second.simulation->on_time(now));
    }
  }

  void carry_out(Place place, const Orders& orders) {
    const std::uint32_t owner = place->first;
    for (const auto number : orders.cancel) network_.cancel({owner, number});
    for (const auto& start : orders.start)
      network_.start({owner, start.number}, start.question, start.deadline + network_.waited(owner));
    place->second.wake = orders.wake;
    if (!orders.finished) return;
    network_.forget(owner);
    running_.erase(place);
  }

  void abandon(const char* reason) {
    while (!running_.empty()) {
      const auto place = running_.begin();
      carry_out(place, place->second.simulation->abort(now_of(place->first), reason));
    }
  }

  // The time of one client: it stands still while that waits for its turn.
  [[nodiscard]] Instant now_of(std::uint32_t owner) const { return network_.now() - network_.waited(owner); }

  [[nodiscard]] Instant next_wake(Instant end) const {
    for (const auto& [owner, running] : running_) {
      if (!network_.is_waiting(owner) && running.wake < end) end = std::min(end, running.wake + network_.waited(owner));
    }
    return end;
  }

  TurnNetwork& network_;
  std::map<std::uint32_t, Running> running_;
};

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
  Bench(network, next_owner, simulations).run(network.now() + patience, stop);
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
