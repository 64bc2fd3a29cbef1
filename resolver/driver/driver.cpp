#include "driver/driver.h"

namespace mailconf {
namespace {

// Carries out `orders`; true when the resolution is finished.
bool carry_out(const Orders& orders, Network& network, std::uint32_t owner) {
  for (const auto number : orders.cancel) network.cancel({owner, number});
  for (const auto& start : orders.start) network.start({owner, start.number}, start.question, start.deadline);
  return orders.finished;
}

}  // namespace

Report run(Resolution& resolution, Network& network, std::uint32_t owner, const std::stop_token& stop) {
  const std::stop_callback wake_up(stop, [&network] { network.wake(); });
  Orders orders = resolution.begin(network.now());
  bool finished = carry_out(orders, network, owner);
  while (!finished) {
    if (stop.stop_requested()) {
      carry_out(resolution.abort(network.now()), network, owner);
      break;
    }
    const auto completions = network.wait_until(orders.wake);
    if (completions.empty() && !stop.stop_requested()) {
      orders = resolution.on_time(network.now());
      finished = carry_out(orders, network, owner);
    }
    for (const auto& completion : completions) {
      if (finished) break;
      orders = resolution.on_answer(completion.ticket.number, completion.answer, network.now());
      finished = carry_out(orders, network, owner);
    }
  }
  return resolution.report();
}

}  // namespace mailconf
