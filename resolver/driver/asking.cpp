#include "driver/asking.h"

namespace mailconf {

std::vector<std::optional<Answer>> ask_all(Network& network, std::uint32_t owner,
                                           const std::vector<Question>& questions, Duration patience,
                                           const std::stop_token& stop) {
  const std::stop_callback wake_up(stop, [&network] { network.wake(); });
  const Instant deadline = network.now() + patience;
  std::vector<std::optional<Answer>> answers(questions.size());
  for (std::uint32_t number = 0; number < questions.size(); ++number)
    network.start({owner, number}, questions[number], deadline);
  for (std::size_t open = questions.size(); open > 0 && !stop.stop_requested();) {
    for (auto& completion : network.wait_until(deadline)) {
      if (completion.ticket.owner != owner) continue;
      answers[completion.ticket.number] = std::move(completion.answer);
      --open;
    }
  }
  for (std::uint32_t number = 0; number < questions.size(); ++number) {
    if (!answers[number]) network.cancel({owner, number});
  }
  return answers;
}

}  // namespace mailconf
