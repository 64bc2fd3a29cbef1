// Where output goes, and what may be done there.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "mailconf/result.h"
#include "options.h"
#include "style.h"

namespace mailconf::cli {

struct Terminal {
  bool attached = false;  // not a pipe or a file
  std::size_t width = 80;
  std::size_t height = 24;
};

// Of a file descriptor.
Terminal terminal(int descriptor);
// From the environment: NO_COLOR, TERM, the locale.
Style style_for(const Terminal& terminal, ColorUse color);

// All of the text, or false when it cannot be written.
bool write_all(int descriptor, std::string_view text);
// "mailconf: sentence" on standard error; the exit status, given or their own.
int complain(std::string_view sentence, int status);
int bad_usage(const Error& error);
int cannot_write();

}  // namespace mailconf::cli
