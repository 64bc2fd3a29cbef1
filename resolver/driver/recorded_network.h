// A network that writes down what goes through it, and one that is made of what was written down.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "driver/pseudonym.h"
#include "driver/recording.h"
#include "driver/turns.h"

namespace mailconf {

// Who asks, numbered in the order of their first questions.
class Askers {
 public:
  std::uint32_t number(std::uint32_t owner) {
    return numbers_.try_emplace(owner, static_cast<std::uint32_t>(numbers_.size())).first->second;
  }

 private:
  std::map<std::uint32_t, std::uint32_t> numbers_;
};

// Of a login, the server is written down and how it ended: neither a name or secret, nor what was said about them.
class RecordingNetwork final : public TurnNetwork {
 public:
  RecordingNetwork(Network& network, const std::optional<EmailAddress>& address)
      : network_(network), pseudonym_(address), began_(network.now()) {}
  // Of those who take turns, each is written down by its own clock.
  RecordingNetwork(TurnNetwork& network, const std::optional<EmailAddress>& address)
      : RecordingNetwork(static_cast<Network&>(network), address) {
    turns_ = &network;
  }

  void start(Ticket ticket, const Question& question, Instant deadline) override;
  void cancel(Ticket ticket) override;
  std::vector<Completion> wait_until(Instant until) override;
  [[nodiscard]] Instant now() const override { return network_.now(); }
  void wake() override { network_.wake(); }

  [[nodiscard]] Duration waited(std::uint32_t owner) const override {
    return turns_ ? turns_->waited(owner) : Duration{};
  }
  [[nodiscard]] bool is_waiting(std::uint32_t owner) const override { return turns_ && turns_->is_waiting(owner); }
  void forget(std::uint32_t owner) override {
    if (turns_) turns_->forget(owner);
  }

  [[nodiscard]] const std::vector<Recording::Entry>& entries() const { return entries_; }

 private:
  [[nodiscard]] Duration time_of(std::uint32_t owner) const { return now() - began_ - waited(owner); }
  void write_down(const Completion& completion, Instant at);

  Network& network_;
  TurnNetwork* turns_ = nullptr;
  Pseudonym pseudonym_;
  Instant began_;
  Askers askers_;
  std::uint32_t batches_ = 0;
  std::uint32_t answers_ = 0;
  std::map<std::uint32_t, Duration> latest_;  // answer of each owner
  std::vector<Recording::Entry> entries_;
  std::map<Ticket, std::size_t> out_;  // entries
  bool address_told_ = false;
};

// In virtual time: every answer comes when it came, but never before its question. Of equal questions each has the
// answer of its asker. A question that was answered then and is asked otherwise now is answered as not asked.
class ReplayingNetwork final : public TurnNetwork {
 public:
  ReplayingNetwork(const Recording& recording, const std::optional<EmailAddress>& address);

  void start(Ticket ticket, const Question& question, Instant deadline) override;
  void cancel(Ticket ticket) override;
  std::vector<Completion> wait_until(Instant until) override;
  [[nodiscard]] Instant now() const override { return now_; }
  void wake() override {}
  [[nodiscard]] Duration waited(std::uint32_t) const override { return {}; }
  [[nodiscard]] bool is_waiting(std::uint32_t) const override { return false; }
  void forget(std::uint32_t) override {}

 private:
  // When, and among equals in the order of the recording: batch, answer, question.
  using Due = std::tuple<Instant, std::size_t, std::size_t, std::size_t>;

  // Of those that are equal, the first that the asker had, or anybody.
  const Recording::Entry* take(const Question& question, std::uint32_t asker);

  Pseudonym pseudonym_;
  Askers askers_;
  std::map<Question, std::vector<const Recording::Entry*>> answers_;
  std::map<Due, Completion> due_;
  Instant now_{};
  const Recording& recording_;
  std::size_t unknown_ = 0;  // questions that are not in it
};

}  // namespace mailconf
