#include "read_ahead.h"

#include <utility>

#include "line_reader.h"

namespace mailconf::cli {

ReadAhead::ReadAhead(int descriptor, std::function<void()> more)
    : more_(std::move(more)), reader_([this, descriptor](const std::stop_token& stop) { read(descriptor, stop); }) {}

std::variant<std::string, Batch::Pause> ReadAhead::next() {
  const std::lock_guard lock(mutex_);
  if (lines_.empty()) {
    hungry_ = !ended_;
    return ended_ ? Batch::Pause::ended : Batch::Pause::not_yet;
  }
  std::string line = std::move(lines_.front());
  lines_.pop_front();
  room_.notify_one();
  return line;
}

void ReadAhead::read(int descriptor, const std::stop_token& stop) {
  LineReader lines(descriptor, stop);
  while (auto line = lines.next()) {
    std::unique_lock lock(mutex_);
    if (!room_.wait(lock, stop, [this] { return lines_.size() < kMost; })) return;
    lines_.push_back(std::move(*line));
    lock.unlock();
    tell();
  }
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  tell();
}

void ReadAhead::tell() {
  {
    const std::lock_guard lock(mutex_);
    if (!std::exchange(hungry_, false)) return;
  }
  more_();
}

}  // namespace mailconf::cli
