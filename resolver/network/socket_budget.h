// How many sockets a resolution may hold: a guest does not take all chairs.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "network/event_loop.h"

namespace mailconf {

// limits::sockets_per_resolution for each owner, two of which are left to the name client (UDP, and TCP after a
// truncated answer); limits::sockets_per_address for each owner and remote address.
class SocketBudget {
 public:
  // The right to one socket; destroying it gives it back.
  using Slot = std::unique_ptr<Subscription>;
  using Granted = std::function<void(Slot)>;

  explicit SocketBudget(EventLoop& loop) : loop_(loop) {}

  // Nothing when all are taken, or when somebody is waiting who would take it.
  [[nodiscard]] Slot try_take(std::uint32_t owner, const std::string& address);
  // Called from the loop as soon as one is free, first come, first served. Destroying the result withdraws the wish.
  [[nodiscard]] std::unique_ptr<Subscription> take(std::uint32_t owner, const std::string& address, Granted granted);

 private:
  using Remote = std::pair<std::uint32_t, std::string>;
  struct Wish {
    Remote remote;
    Granted granted;
  };
  class Taken;
  class Waiting;

  [[nodiscard]] bool is_free(const Remote& remote) const;
  Slot hand_out(const Remote& remote);
  void give_back(const Remote& remote);
  void serve();

  EventLoop& loop_;
  std::map<std::uint32_t, std::size_t> by_owner_;
  std::map<Remote, std::size_t> by_remote_;
  std::map<std::uint64_t, Wish> wishes_;  // in order of asking
  std::uint64_t last_wish_ = 0;
};

}  // namespace mailconf
