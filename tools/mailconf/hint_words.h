// What a user has to do or to know first, in words.
#pragma once

#include <string>
#include <string_view>

#include "mailconf/report.h"

namespace mailconf::cli {

struct HintWords {
  std::string_view label;  // "Do first" or "Note"
  std::string text;        // with the page that says more
};
HintWords hint_words(const Hint& hint);

}  // namespace mailconf::cli
