#include "server/operation/ticker.h"

namespace mailconf::server {

Ticker::Ticker(std::chrono::milliseconds period, std::function<void()> tick)
    : thread_([this, period, tick = std::move(tick)](const std::stop_token& stop) {
        for (;;) {
          std::unique_lock lock(mutex_);
          never_.wait_for(lock, stop, period, [] { return false; });
          if (stop.stop_requested()) return;
          lock.unlock();
          tick();
        }
      }) {}

}  // namespace mailconf::server
