#include "driver/logging_in.h"

namespace mailconf {
namespace {

// Nothing when the stop token came first.
std::optional<Answer> answer_to(const LoginQuestion& question, Network& network, Ticket ticket, Instant deadline,
                                const std::stop_token& stop) {
  network.start(ticket, question, deadline);
  while (!stop.stop_requested()) {
    for (auto& completion : network.wait_until(deadline)) {
      if (completion.ticket == ticket) return std::move(completion.answer);
    }
  }
  network.cancel(ticket);
  return std::nullopt;
}

}  // namespace

std::vector<LoginAttempt> log_in(Network& network, std::uint32_t owner, LoginPlan plan, Duration patience,
                                 const std::stop_token& stop) {
  const std::stop_callback wake_up(stop, [&network] { network.wake(); });
  std::uint32_t number = 0;
  while (const auto question = plan.next()) {
    const Instant began = network.now();
    const auto answer = answer_to(*question, network, {owner, number++}, began + patience, stop);
    if (!answer) {
      plan.stop("cancelled");
      break;
    }
    plan.on_answer(*answer, network.now() - began);
  }
  return plan.attempts();
}

}  // namespace mailconf
