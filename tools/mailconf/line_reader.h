// Lines of a file descriptor, with an end to waiting.
#pragma once

#include <cstddef>
#include <optional>
#include <stop_token>
#include <string>

namespace mailconf::cli {

class LineReader {
 public:
  // An address takes at most 254 octets (RFC 5321 §4.5.3.1.3 less the angle brackets); a longer line is cut here, so
  // that it is refused without being kept in memory.
  static constexpr std::size_t kLongest = 1024;

  LineReader(int descriptor, std::stop_token stop);
  ~LineReader();
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;

  // The next line without its line end; nothing at the end of the input or after a stop request.
  std::optional<std::string> next();

 private:
  bool fill();

  int descriptor_;
  std::stop_token stop_;
  int wake_[2] = {-1, -1};  // a pipe: readable after a stop request
  std::string buffer_;
  bool ended_ = false;
};

std::string without_white_space_around(const std::string& text);

}  // namespace mailconf::cli
