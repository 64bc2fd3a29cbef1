// Lines of a file descriptor for those who must not wait for them: another thread does.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <variant>

#include "mailconf/resolver.h"

namespace mailconf::cli {

class ReadAhead {
 public:
  // So many lines are kept: enough to be ahead, and no more of a long list in memory.
  static constexpr std::size_t kMost = 256;

  // `more` is called from the other thread when there is something after next() had nothing.
  ReadAhead(int descriptor, std::function<void()> more);

  std::variant<std::string, Batch::Pause> next();

 private:
  void read(int descriptor, const std::stop_token& stop);
  void tell();

  std::function<void()> more_;
  std::mutex mutex_;
  std::condition_variable_any room_;
  std::deque<std::string> lines_;
  bool hungry_ = false;
  bool ended_ = false;
  std::jthread reader_;  // the last to be made and the first to go
};

}  // namespace mailconf::cli
