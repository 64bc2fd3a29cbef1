// Descriptors that are waited for, and a few threads that turn to whichever is ready: epoll(7).
#pragma once

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

namespace mailconf::server {

class EventLoop {
 public:
  // What a descriptor is waited for by.
  class Waiter {
   public:
    virtual ~Waiter() = default;
    // From a thread of the loop, which others wait for meanwhile.
    virtual void on_event() = 0;

   private:
    friend class EventLoop;
    // What one thread has done before it waits, the next one sees: the kernel's word for that is none of the
    // language's.
    std::atomic<unsigned> turn_ = 0;
  };

  // As many threads as the machine runs at once. Throws std::system_error.
  EventLoop();
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  // Calls the waiter once when one of the events (EPOLLIN, EPOLLOUT) is there, or the connection has broken. Until then
  // the waiter stays where it is.
  void wait_for(int descriptor, std::uint32_t events, Waiter& waiter);
  // Calls nobody any more who has not been called.
  void forget(int descriptor);

 private:
  void run() const;

  int events_;
  int end_;
  std::vector<std::thread> threads_;
};

}  // namespace mailconf::server
