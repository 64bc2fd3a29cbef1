// One thread's loop on Boost.Asio, without its headers: timers, descriptors, posted tasks.
#pragma once

#include <functional>
#include <memory>

#include "network/network.h"

namespace boost::asio {
class io_context;
}

namespace mailconf {

// Something that will call back. Destroying it is cancelling it: its callback is not entered any more.
class Subscription {
 public:
  virtual ~Subscription() = default;
};

class EventLoop {
 public:
  using Task = std::function<void()>;
  using Ready = std::function<void(bool readable, bool writable)>;

  EventLoop();
  ~EventLoop();

  // Time since the loop was made.
  [[nodiscard]] Instant now() const;
  // Runs all that is ready.
  void poll();
  // Runs one callback; false when none became ready before `until`.
  bool run_one_until(Instant until);

  // From any thread; the only call that is.
  void post(Task task);
  [[nodiscard]] std::unique_ptr<Subscription> at(Instant when, Task task);
  // Calls back as often as the descriptor, which stays the caller's, is ready in a wanted direction. Must be destroyed
  // before the descriptor is closed.
  [[nodiscard]] std::unique_ptr<Subscription> watch(int descriptor, bool read, bool write, Ready ready);

  [[nodiscard]] boost::asio::io_context& context();

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace mailconf
