// A network that exists in a scenario only: virtual time, no socket, the same run every time.
//
// Time is counted in round trips R: a name costs one (once known it is free), TCP one, TLS 1.3 one, a request with its
// response one, a greeting one, a command with its answer one; servers think for a moment before each answer.
// What the scenario does not describe makes wait_until() throw UnknownToTheWorld.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "network/network.h"
#include "support/exchange.h"
#include "support/internet.h"

namespace mailconf::simulated {

class SimulatedNetwork final : public Network {
 public:
  explicit SimulatedNetwork(World world) : internet_(std::move(world)) {}

  void start(Ticket ticket, const Question& question, Instant deadline) override;
  void cancel(Ticket ticket) override;
  std::vector<Completion> wait_until(Instant until) override;
  [[nodiscard]] Instant now() const override { return internet_.events.now(); }
  void wake() override { woken_ = true; }

  // ---- what a test may arrange

  void allow_private(bool allowed) { internet_.allow_private = allowed; }
  // Delays names, documents and greetings by up to `limit`, differently for every seed but 0.
  void shuffle(std::uint64_t seed, Duration limit);
  // Which packets are lost, in a world that loses some.
  void lose(std::uint64_t seed) { internet_.loss_state = seed; }
  // The answer to the `index`-th question that is started, from 0, comes after one round trip and is this one; with no
  // answer it never comes.
  void interfere(std::size_t index, std::optional<Answer> answer) { interference_[index] = std::move(answer); }
  // Runs once in virtual time, for example to cancel the work.
  void at(Instant when, std::function<void()> event);

  // ---- what a test may look at

  [[nodiscard]] const std::vector<Asked>& asked() const { return internet_.asked; }
  [[nodiscard]] const std::vector<Dialled>& dialled() const { return internet_.dialled; }
  [[nodiscard]] const std::vector<std::string>& mail_commands() const { return internet_.mail_commands; }
  // Questions without an answer yet.
  [[nodiscard]] std::size_t outstanding() const { return exchanges_.size(); }
  [[nodiscard]] std::size_t open_sockets() const { return internet_.sockets.open(); }
  [[nodiscard]] SocketPool::Peak peak_sockets(std::uint32_t owner) const { return internet_.sockets.peak(owner); }
  [[nodiscard]] std::size_t most_sockets_to_one_address() const { return internet_.sockets.most_to_one_address(); }
  // Questions started so far.
  [[nodiscard]] std::size_t started() const { return started_; }

 private:
  void record(const Question& question);
  void complete(Ticket ticket, Answer answer);
  std::shared_ptr<Exchange> exchange_for(Ticket ticket, const Question& question);

  Internet internet_;
  std::map<Ticket, std::shared_ptr<Exchange>> exchanges_;
  std::vector<Completion> completed_;
  std::map<std::size_t, std::optional<Answer>> interference_;
  std::size_t started_ = 0;
  bool woken_ = false;
  std::vector<std::shared_ptr<int>> arranged_;  // keeps the events of at() alive
};

}  // namespace mailconf::simulated
