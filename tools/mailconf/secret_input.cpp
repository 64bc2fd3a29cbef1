#include "secret_input.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include "terminal.h"

namespace mailconf::cli {
namespace {

// A token of a large provider has some 2000 octets.
constexpr std::size_t kLongest = 16 * 1024;
constexpr int kPatienceMs = 100;  // between looks at the stop token

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ > STDERR_FILENO) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return number_; }

 private:
  int number_;
};

// While one lives, what is typed is not shown.
class Blindfold {
 public:
  explicit Blindfold(int terminal) : terminal_(terminal) {
    blind_ = tcgetattr(terminal, &before_) == 0;
    if (!blind_) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    silent.c_lflag |= ECHONL;
    blind_ = tcsetattr(terminal, TCSAFLUSH, &silent) == 0;
  }
  ~Blindfold() {
    if (blind_) tcsetattr(terminal_, TCSAFLUSH, &before_);
  }
  Blindfold(const Blindfold&) = delete;
  Blindfold& operator=(const Blindfold&) = delete;
  [[nodiscard]] bool works() const { return blind_; }

 private:
  int terminal_;
  termios before_{};
  bool blind_ = false;
};

bool wait_for_input(int descriptor, const std::stop_token& stop) {
  pollfd waiting{descriptor, POLLIN, 0};
  while (!stop.stop_requested()) {
    const int ready = poll(&waiting, 1, kPatienceMs);
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
  return false;
}

// Octet by octet: what stands behind the line is left for others, and no buffer keeps a copy.
Result<Secret> read_line(int descriptor, const std::string& place, const std::stop_token& stop) {
  Secret line;
  char octet = 0;
  while (wait_for_input(descriptor, stop)) {
    const ssize_t count = read(descriptor, &octet, 1);
    if (count < 0) return fail(ErrorCode::io, place, std::strerror(errno));
    if (count == 0 || octet == '\n') return line;
    if (line.text().size() == kLongest)
      return fail(ErrorCode::too_large, place, "the line is longer than any password");
    line.append({&octet, 1});
  }
  return fail(ErrorCode::io, place, "interrupted");
}

Result<Secret> without_line_end(Secret line, const std::string& place) {
  auto text = line.text();
  if (text.ends_with('\r')) text.remove_suffix(1);
  if (text.empty()) return fail(ErrorCode::io, place, "there is no password in it");
  return Secret(text);
}

constexpr const char* kTerminal = "/dev/tty";

int open_terminal() { return open(kTerminal, O_RDWR | O_NOCTTY | O_CLOEXEC); }

tl::unexpected<Error> no_terminal() {
  return fail(ErrorCode::io, "", "there is no terminal to ask at; see --password-file");
}

}  // namespace

Result<Secret> read_secret_file(const std::string& path, const std::stop_token& stop) {
  const Descriptor file(path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return fail(ErrorCode::io, path, std::strerror(errno));
  auto line = read_line(file.get(), path, stop);
  if (!line) return line;
  return without_line_end(std::move(*line), path);
}

Result<Secret> ask_for_secret(const std::string& prompt, const std::stop_token& stop) {
  const Descriptor terminal(open_terminal());
  if (terminal.get() < 0) return no_terminal();
  const Blindfold blindfold(terminal.get());
  if (!blindfold.works()) return fail(ErrorCode::io, kTerminal, "cannot stop showing what is typed");
  write_all(terminal.get(), prompt);
  auto line = read_line(terminal.get(), kTerminal, stop);
  if (!line) return line;
  return without_line_end(std::move(*line), kTerminal);
}

Result<bool> ask_yes_or_no(const std::string& question, const std::stop_token& stop) {
  const Descriptor terminal(open_terminal());
  if (terminal.get() < 0) return no_terminal();
  write_all(terminal.get(), question + " [y/N] ");
  const auto line = read_line(terminal.get(), kTerminal, stop);
  if (!line) return tl::unexpected(line.error());
  return line->text() == "y" || line->text() == "Y" || line->text() == "yes";
}

}  // namespace mailconf::cli
