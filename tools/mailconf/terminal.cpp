#include "terminal.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fmt/core.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "display_text.h"
#include "exit_status.h"

namespace mailconf::cli {
namespace {

constexpr std::size_t kWidest = 120;  // longer lines are hard to read
constexpr std::size_t kNarrowest = 40;

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : value;
}

// POSIX.1-2017 §8.2: the first of these that is set and not empty decides. In a container none may be set, while the
// terminal outside of it speaks UTF-8 all the same.
bool speaks_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string_view locale = variable(name);
    if (locale.empty()) continue;
    return locale.find("UTF-8") != std::string_view::npos || locale.find("utf8") != std::string_view::npos;
  }
  return true;
}

bool wants_color(const Terminal& terminal, ColorUse use) {
  if (use != ColorUse::automatic) return use == ColorUse::always;
  return terminal.attached && variable("NO_COLOR").empty() && variable("TERM") != "dumb";
}

}  // namespace

Terminal terminal(int descriptor) {
  Terminal terminal;
  terminal.attached = isatty(descriptor) == 1;
  winsize size{};
  if (terminal.attached && ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    terminal.width = std::clamp<std::size_t>(size.ws_col, kNarrowest, kWidest);
    terminal.height = std::max<std::size_t>(size.ws_row, 2);
  }
  return terminal;
}

Style style_for(const Terminal& terminal, ColorUse color) {
  return {wants_color(terminal, color), speaks_utf8(), terminal.width};
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

int complain(std::string_view sentence, int status) {
  write_all(STDERR_FILENO, fmt::format("mailconf: {}\n", displayable(sentence)));
  return status;
}

int bad_usage(const Error& error) {
  Error shown = error;
  // The library names its own option: ca_file is --ca-file here.
  if (error.code == ErrorCode::bad_option && !error.place.starts_with("--")) {
    std::replace(shown.place.begin(), shown.place.end(), '_', '-');
    shown.place.insert(0, "--");
  }
  return complain(shown.text(), kBadUsage);
}

int cannot_write() {
  write_all(STDERR_FILENO, fmt::format("mailconf: standard output: {}\n", std::strerror(errno)));
  return kCouldNotTell;
}

}  // namespace mailconf::cli
