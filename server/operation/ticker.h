// Does something again and again, from a thread of its own.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace mailconf::server {

class Ticker {
 public:
  Ticker(std::chrono::milliseconds period, std::function<void()> tick);

 private:
  std::mutex mutex_;
  std::condition_variable_any never_;
  std::jthread thread_;  // ended and waited for at first
};

}  // namespace mailconf::server
