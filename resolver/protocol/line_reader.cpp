#include "protocol/line_reader.h"

#include <algorithm>
#include <utility>

#include "protocol/limits.h"

namespace mailconf {

void LineReader::append(std::string_view bytes) {
  buffer_.erase(0, std::exchange(position_, 0));
  buffer_.append(bytes);
}

void LineReader::drop(std::size_t octets) {
  position_ += octets;
  taken_ += octets;
}

void LineReader::skip(std::size_t octets) {
  // One more than the limit is as good as any number above it, and cannot overflow.
  to_skip_ = std::min(octets, limits::mail_dialogue + 1);
}

LineReader::Status LineReader::take(std::string& line) {
  const std::size_t skipped = std::min(to_skip_, rest().size());
  drop(skipped);
  to_skip_ -= skipped;
  if (taken_ + to_skip_ > limits::mail_dialogue) return Status::over_limit;
  if (to_skip_ > 0) return Status::incomplete;

  const std::size_t end = rest().find('\n');
  const std::size_t length = std::min(end, rest().size());
  if (length > limits::mail_line || taken_ + length >= limits::mail_dialogue) return Status::over_limit;
  if (end == std::string_view::npos) return Status::incomplete;

  line = rest().substr(0, end);
  if (line.ends_with('\r')) line.pop_back();
  drop(end + 1);
  return Status::line;
}

}  // namespace mailconf
