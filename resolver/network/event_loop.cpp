#include "network/event_loop.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>

namespace mailconf {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

class Timer : public Subscription {
 public:
  Timer(asio::io_context& context, Clock::time_point when, EventLoop::Task task)
      : state_(std::make_shared<State>(asio::steady_timer(context, when))) {
    state_->timer.async_wait([state = state_, task = std::move(task)](const boost::system::error_code&) {
      if (state->wanted) task();
    });
  }
  ~Timer() override {
    state_->wanted = false;
    state_->timer.cancel();
  }

 private:
  struct State {
    explicit State(asio::steady_timer t) : timer(std::move(t)) {}
    asio::steady_timer timer;
    bool wanted = true;
  };
  std::shared_ptr<State> state_;
};

class Watch : public Subscription {
 public:
  Watch(asio::io_context& context, int descriptor, bool read, bool write, EventLoop::Ready ready)
      : state_(std::make_shared<State>(asio::posix::stream_descriptor(context, descriptor), std::move(ready))) {
    if (read) await(state_, asio::posix::descriptor_base::wait_read);
    if (write) await(state_, asio::posix::descriptor_base::wait_write);
  }
  ~Watch() override {
    state_->wanted = false;
    state_->descriptor.release();
  }

 private:
  struct State {
    State(asio::posix::stream_descriptor d, EventLoop::Ready r) : descriptor(std::move(d)), ready(std::move(r)) {}
    asio::posix::stream_descriptor descriptor;
    EventLoop::Ready ready;
    bool wanted = true;
  };
  using Direction = asio::posix::descriptor_base::wait_type;

  static void await(const std::shared_ptr<State>& state, Direction direction) {
    state->descriptor.async_wait(direction, [state, direction](const boost::system::error_code& error) {
      if (error || !state->wanted) return;
      state->ready(direction == asio::posix::descriptor_base::wait_read,
                   direction == asio::posix::descriptor_base::wait_write);
      if (state->wanted) await(state, direction);
    });
  }

  std::shared_ptr<State> state_;
};

}  // namespace

struct EventLoop::Implementation {
  // One thread runs the loop; posting from others stays locked.
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> work = asio::make_work_guard(context);
  Clock::time_point start = Clock::now();
};

EventLoop::EventLoop() : implementation_(std::make_unique<Implementation>()) {}
EventLoop::~EventLoop() = default;

Instant EventLoop::now() const { return std::chrono::duration_cast<Instant>(Clock::now() - implementation_->start); }

void EventLoop::poll() { implementation_->context.poll(); }

bool EventLoop::run_one_until(Instant until) {
  return implementation_->context.run_one_until(implementation_->start + until) > 0;
}

void EventLoop::post(Task task) { asio::post(implementation_->context, std::move(task)); }

std::unique_ptr<Subscription> EventLoop::at(Instant when, Task task) {
  return std::make_unique<Timer>(implementation_->context, implementation_->start + when, std::move(task));
}

std::unique_ptr<Subscription> EventLoop::watch(int descriptor, bool read, bool write, Ready ready) {
  return std::make_unique<Watch>(implementation_->context, descriptor, read, write, std::move(ready));
}

boost::asio::io_context& EventLoop::context() { return implementation_->context; }

}  // namespace mailconf
