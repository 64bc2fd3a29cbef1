// How output may look where it goes: colours, characters beyond ASCII, width.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mailconf::cli {

enum class Paint { plain, bold, dim, good, bad, doubtful };
enum class Mark { good, bad, doubtful, none, bullet, ellipsis };

struct Style {
  bool color = false;
  bool unicode = true;
  std::size_t width = 80;

  // The text between the escape sequences of `paint`; the text itself when colours are off.
  [[nodiscard]] std::string painted(Paint paint, std::string_view text) const;
  // Fit to be printed, whatever it came from.
  [[nodiscard]] std::string text(std::string_view text) const;
  [[nodiscard]] std::string_view mark(Mark mark) const;
};

}  // namespace mailconf::cli
