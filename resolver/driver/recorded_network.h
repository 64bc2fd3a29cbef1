// A network that writes down what goes through it, and one that is made of what was written down.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>

#include "driver/pseudonym.h"
#include "driver/recording.h"
#include "network/network.h"

namespace mailconf {

// Of a login, the server is written down and how it ended: neither a name or secret, nor what was said about them.
class RecordingNetwork final : public Network {
 public:
  RecordingNetwork(Network& network, const std::optional<EmailAddress>& address)
      : network_(network), pseudonym_(address), began_(network.now()) {}

  void start(Ticket ticket, const Question& question, Instant deadline) override;
  void cancel(Ticket ticket) override;
  std::vector<Completion> wait_until(Instant until) override;
  [[nodiscard]] Instant now() const override { return network_.now(); }
  void wake() override { network_.wake(); }

  [[nodiscard]] const std::vector<Recording::Entry>& entries() const { return entries_; }

 private:
  Network& network_;
  Pseudonym pseudonym_;
  Instant began_;
  std::vector<Recording::Entry> entries_;
  std::map<Ticket, std::size_t> out_;  // entries
  bool address_told_ = false;
};

// In virtual time: every answer comes when it came, but never before its question. A question that was answered then
// and is asked otherwise now is answered as not asked.
class ReplayingNetwork final : public Network {
 public:
  ReplayingNetwork(const Recording& recording, const std::optional<EmailAddress>& address);

  void start(Ticket ticket, const Question& question, Instant deadline) override;
  void cancel(Ticket ticket) override;
  std::vector<Completion> wait_until(Instant until) override;
  [[nodiscard]] Instant now() const override { return now_; }
  void wake() override {}

 private:
  // When, and among equals in the order of the recording.
  using Due = std::pair<Instant, std::size_t>;

  Pseudonym pseudonym_;
  std::map<Question, std::deque<const Recording::Entry*>> answers_;
  std::map<Due, Completion> due_;
  Instant now_{};
  const Recording& recording_;
};

}  // namespace mailconf
