// Lines out of a stream of octets, within the limits of a probe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mailconf {

class LineReader {
 public:
  enum class Status {
    line,        // one was taken
    incomplete,  // more octets are needed
    over_limit,  // the line or the whole dialogue is too long; nothing more will come
  };

  void append(std::string_view bytes);
  // The next line without CRLF; a bare LF ends one too. What comes out does not depend on how the octets were cut.
  Status take(std::string& line);
  // The next octets belong to no line (an IMAP literal).
  void skip(std::size_t octets);
  // Nothing is left behind the last line.
  [[nodiscard]] bool empty() const { return rest().empty(); }

 private:
  [[nodiscard]] std::string_view rest() const { return std::string_view(buffer_).substr(position_); }
  void drop(std::size_t octets);

  std::string buffer_;
  std::size_t position_ = 0;  // in front of it all is taken
  std::size_t to_skip_ = 0;
  std::size_t taken_ = 0;  // of the whole dialogue
};

}  // namespace mailconf
