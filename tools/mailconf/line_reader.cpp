#include "line_reader.h"

#include <array>
#include <cerrno>
#include <poll.h>
#include <string_view>
#include <unistd.h>

namespace mailconf::cli {

LineReader::LineReader(int descriptor, std::stop_token stop) : descriptor_(descriptor), stop_(std::move(stop)) {
  if (pipe(wake_) != 0) ended_ = true;
}

LineReader::~LineReader() {
  for (const int end : wake_) {
    if (end >= 0) close(end);
  }
}

bool LineReader::fill() {
  const std::stop_callback wake(stop_, [this] { [[maybe_unused]] const auto written = ::write(wake_[1], "", 1); });
  std::array<pollfd, 2> waiting{{{descriptor_, POLLIN, 0}, {wake_[0], POLLIN, 0}}};
  while (poll(waiting.data(), waiting.size(), -1) < 0) {
    if (errno != EINTR) return false;
  }
  if (stop_.stop_requested()) return false;
  std::array<char, 4096> bytes;
  const ssize_t count = read(descriptor_, bytes.data(), bytes.size());
  if (count <= 0) return false;
  buffer_.append(bytes.data(), static_cast<std::size_t>(count));
  return true;
}

std::optional<std::string> LineReader::next() {
  std::string line;
  for (;;) {
    const std::size_t end = buffer_.find('\n');
    const std::size_t length = end == std::string::npos ? buffer_.size() : end;
    if (line.size() < kLongest) line.append(buffer_, 0, std::min(length, kLongest - line.size()));
    buffer_.erase(0, end == std::string::npos ? length : end + 1);
    if (end != std::string::npos) break;
    if (ended_ || !fill()) {
      ended_ = true;
      if (line.empty() || stop_.stop_requested()) return std::nullopt;
      break;
    }
  }
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

std::string without_white_space_around(const std::string& text) {
  constexpr std::string_view kSpace = " \t\r";
  const std::size_t first = text.find_first_not_of(kSpace);
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

}  // namespace mailconf::cli
