// A value that requests read while a reload replaces it: a reader keeps what it got for as long as it needs it.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

namespace mailconf::server {

template <class T>
class Current {
 public:
  [[nodiscard]] std::shared_ptr<const T> get() const {
    const std::lock_guard lock(mutex_);
    return value_;
  }
  void set(std::shared_ptr<const T> value) {
    const std::lock_guard lock(mutex_);
    value_.swap(value);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const T> value_;
};

}  // namespace mailconf::server
