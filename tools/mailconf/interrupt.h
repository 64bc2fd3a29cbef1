// Ctrl-C and SIGTERM as a stop request.
#pragma once

#include <stop_token>
#include <thread>

namespace mailconf::cli {

// While one lives, SIGINT and SIGTERM end the work through token() instead of the process. To be made before any other
// thread, which must not receive the signals.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  [[nodiscard]] std::stop_token token() const { return source_.get_token(); }

 private:
  std::stop_source source_;
  std::jthread watcher_;
};

}  // namespace mailconf::cli
