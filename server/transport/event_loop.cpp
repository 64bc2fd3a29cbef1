#include "server/transport/event_loop.h"

#include <algorithm>
#include <cerrno>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <system_error>
#include <unistd.h>

namespace mailconf::server {
namespace {

int checked(int result, const char* what) {
  if (result < 0) throw std::system_error(errno, std::system_category(), what);
  return result;
}

}  // namespace

EventLoop::EventLoop()
    : events_(checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1")),
      end_(checked(::eventfd(0, EFD_CLOEXEC), "eventfd")) {
  epoll_event end{EPOLLIN, {.ptr = nullptr}};
  checked(::epoll_ctl(events_, EPOLL_CTL_ADD, end_, &end), "epoll_ctl");
  // One alone would have to be patient with whatever a request costs.
  const auto count = std::max(2U, std::thread::hardware_concurrency());
  for (unsigned i = 0; i < count; ++i) threads_.emplace_back([this] { run(); });
}

EventLoop::~EventLoop() {
  // Stays readable: every thread sees it.
  ::eventfd_write(end_, 1);
  for (auto& thread : threads_) thread.join();
  ::close(end_);
  ::close(events_);
}

void EventLoop::wait_for(int descriptor, std::uint32_t events, Waiter& waiter) {
  waiter.turn_.fetch_add(1, std::memory_order_release);
  epoll_event event{events | EPOLLONESHOT, {.ptr = &waiter}};
  if (::epoll_ctl(events_, EPOLL_CTL_MOD, descriptor, &event) == 0) return;
  checked(::epoll_ctl(events_, EPOLL_CTL_ADD, descriptor, &event), "epoll_ctl");
}

void EventLoop::forget(int descriptor) { ::epoll_ctl(events_, EPOLL_CTL_DEL, descriptor, nullptr); }

void EventLoop::run() const {
  for (;;) {
    epoll_event event{};
    // One at a time: what else is ready is for the next thread that has nothing to do.
    if (::epoll_wait(events_, &event, 1, -1) < 1) continue;
    if (event.data.ptr == nullptr) return;
    auto& waiter = *static_cast<Waiter*>(event.data.ptr);
    waiter.turn_.load(std::memory_order_acquire);
    waiter.on_event();
  }
}

}  // namespace mailconf::server
