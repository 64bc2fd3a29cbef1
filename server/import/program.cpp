#include "server/import/program.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <fcntl.h>
#include <fmt/core.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace mailconf::server {
namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* system_folders[] = {"/usr/sbin",      "/usr/bin", "/usr/local/sbin",
                                          "/usr/local/bin", "/sbin",    "/bin"};
constexpr const char* environment[] = {"LC_ALL=C", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", nullptr};
// An error is a line; what comes behind is read and forgotten, so that the program can go on.
constexpr std::size_t most_of_errors = 4096;

class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0) ends_ = {-1, -1};
  }
  ~Pipe() {
    close(0);
    close(1);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  [[nodiscard]] int reading() const { return ends_[0]; }
  [[nodiscard]] int writing() const { return ends_[1]; }
  void close(std::size_t end) {
    if (ends_[end] >= 0) ::close(ends_[end]);
    ends_[end] = -1;
  }

 private:
  std::array<int, 2> ends_{-1, -1};
};

int milliseconds_until(Clock::time_point end) {
  const auto rest = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
  return static_cast<int>(std::max<std::int64_t>(0, rest));
}

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (auto& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

// A group of its own, so that its children end with it.
class Child {
 public:
  Child(const std::filesystem::path& program, const std::vector<std::string>& arguments) {
    std::vector<std::string> words{program.filename().string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output.writing(), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, errors.writing(), STDERR_FILENO);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    fault = ::posix_spawn(&id_, program.c_str(), &actions, &attributes, pointers(words).data(),
                          const_cast<char* const*>(environment));
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (fault != 0) id_ = 0;
    output.close(1);
    errors.close(1);
  }
  ~Child() {
    if (id_ != 0) ::kill(-id_, SIGKILL);
    (void)status();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // False when it is still there then, as one that has closed its outputs may be.
  [[nodiscard]] bool ends_by(Clock::time_point end) const {
    // glibc 2.36 declares pidfd_open() for C alone.
    const int descriptor = static_cast<int>(::syscall(SYS_pidfd_open, id_, 0));
    if (descriptor < 0) return false;
    pollfd waiting{descriptor, POLLIN, 0};
    const int ready = ::poll(&waiting, 1, milliseconds_until(end));
    ::close(descriptor);
    return ready > 0;
  }
  // Waits for the end; the exit status, or -1.
  int status() {
    if (id_ == 0) return -1;
    int status = 0;
    while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) continue;
    id_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  Pipe output;
  Pipe errors;
  int fault = 0;

 private:
  pid_t id_ = 0;
};

// False at the end, or when there is more than `most` and nothing is to be cut off.
enum class Overflow { stops, is_cut_off };
bool read_some(Pipe& pipe, std::string& into, std::size_t most, Overflow overflow, bool& too_much) {
  std::array<char, 65536> chunk{};
  const auto count = ::read(pipe.reading(), chunk.data(), chunk.size());
  if (count < 0) return errno == EINTR || errno == EAGAIN;
  into.append(chunk.data(), static_cast<std::size_t>(count));
  if (into.size() > most) {
    into.resize(most);
    too_much = too_much || overflow == Overflow::stops;
  }
  return count > 0 && !too_much;
}

struct Written {
  std::string output;
  std::string errors;
  bool too_much = false;
  bool too_long = false;
};

Written read_both(Child& child, const ProgramLimits& limits, Clock::time_point end) {
  Written written;
  std::array<pollfd, 2> waiting{pollfd{child.output.reading(), POLLIN, 0}, pollfd{child.errors.reading(), POLLIN, 0}};
  while ((waiting[0].fd >= 0 || waiting[1].fd >= 0) && !written.too_much && !written.too_long) {
    const int ready = ::poll(waiting.data(), waiting.size(), milliseconds_until(end));
    written.too_long = ready == 0;
    if (ready <= 0) continue;
    if (waiting[0].revents != 0 &&
        !read_some(child.output, written.output, limits.output, Overflow::stops, written.too_much))
      waiting[0].fd = -1;
    if (waiting[1].revents != 0 &&
        !read_some(child.errors, written.errors, most_of_errors, Overflow::is_cut_off, written.too_much))
      waiting[1].fd = -1;
  }
  written.too_long = written.too_long || (!written.too_much && !child.ends_by(end));
  return written;
}

// "doveconf: Fatal: what is wrong" without the words that everybody says, and fit for a terminal.
std::string last_sentence(std::string errors, const std::string& name) {
  while (!errors.empty() && errors.back() == '\n') errors.pop_back();
  errors.erase(0, errors.rfind('\n') + 1);
  for (const auto& prefix : {name + ": ", std::string("Fatal: "), std::string("fatal: ")}) {
    if (errors.starts_with(prefix)) errors.erase(0, prefix.size());
  }
  std::ranges::replace_if(
      errors, [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; }, ' ');
  return errors.empty() ? "it ended with an error" : errors;
}

}  // namespace

Result<std::string> output_of(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                              const ProgramLimits& limits) {
  const auto name = program.filename().string();
  Child child(program, arguments);
  if (child.fault != 0)
    return fail(ErrorCode::io, name, "cannot be run: " + std::generic_category().message(child.fault));
  auto written = read_both(child, limits, Clock::now() + limits.time);
  if (written.too_long) return fail(ErrorCode::io, name, fmt::format("took longer than {} ms", limits.time.count()));
  if (written.too_much)
    return fail(ErrorCode::too_large, name, fmt::format("wrote more than {} octets", limits.output));
  if (child.status() != 0) return fail(ErrorCode::bad_document, name, last_sentence(std::move(written.errors), name));
  return std::move(written.output);
}

std::optional<std::filesystem::path> system_program(const std::string& name) {
  for (const std::filesystem::path folder : system_folders) {
    if (::access((folder / name).c_str(), X_OK) == 0) return folder / name;
  }
  return std::nullopt;
}

}  // namespace mailconf::server
