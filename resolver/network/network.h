// The seam between the pure core and the world: a completion queue. The real one is RealNetwork; tests have a simulated
// internet with a virtual clock behind the same five calls.
#pragma once

#include <compare>
#include <cstdint>
#include <vector>

#include "mailconf/report.h"
#include "protocol/question.h"

namespace mailconf {

// Time since the network began; virtual in tests.
using Instant = Duration;

// Who asks and what: `owner` numbers resolutions, so that limits hold for each of them.
struct Ticket {
  std::uint32_t owner = 0;
  std::uint32_t number = 0;
  auto operator<=>(const Ticket&) const = default;
};

struct Completion {
  Ticket ticket;
  Answer answer;
};

// All calls but wake() come from one thread.
class Network {
 public:
  virtual ~Network() = default;
  // Every started question is answered once: by the world, or by Failure{timed_out} at `deadline`, which covers name,
  // connect, handshake, request and body together. The answer comes from wait_until(), never from within start().
  virtual void start(Ticket ticket, const Question& question, Instant deadline) = 0;
  // No answer will come for this ticket; its sockets are closed before this returns.
  virtual void cancel(Ticket ticket) = 0;
  // What has completed, at the latest at `until`; empty when time is up or wake() was called.
  virtual std::vector<Completion> wait_until(Instant until) = 0;
  [[nodiscard]] virtual Instant now() const = 0;
  // From any thread: the running or next wait_until() returns at once.
  virtual void wake() = 0;
};

}  // namespace mailconf
