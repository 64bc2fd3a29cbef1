// The ports of one direction, tried in order of preference until the best one that answers is known.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sources/guess_ports.h"
#include "sources/source.h"

namespace mailconf {

class GuessLadder {
 public:
  explicit GuessLadder(bool allow_plaintext) : allow_plaintext_(allow_plaintext) {}

  // More ports, less preferred than those so far. A host and port that is known already is not tried again.
  void add(const std::vector<GuessedPort>& ports);
  // What to ask now. One name of the same addresses at a time: a port that is shut there is shut under every name.
  std::vector<Question> next();
  // The answer to something asked; nothing when it was not asked here.
  std::optional<Step> take(const ProbeQuestion& asked, const Answer& answer);

  // The best server, once no better one can come.
  [[nodiscard]] std::optional<Server> best() const;
  // All have been tried and none is usable.
  [[nodiscard]] bool is_exhausted() const;
  // The best of those that work only without encryption, where that is allowed.
  [[nodiscard]] std::optional<Server> best_in_clear() const;

 private:
  enum class State { waiting, out, ended };
  struct Rung {
    GuessedPort port;
    State state = State::waiting;
    std::optional<Server> server;
    std::optional<Server> in_clear;
  };

  [[nodiscard]] bool is_shut(const GuessedPort& port) const;
  [[nodiscard]] bool is_busy(const GuessedPort& port) const;
  Step take(Rung& rung, const ProbeAnswer& answer);

  bool allow_plaintext_;
  std::vector<Rung> rungs_;
  std::map<std::uint16_t, std::set<std::string>> shut_;  // addresses by port
};

}  // namespace mailconf
