#include <array>
#include <cerrno>
#include <fcntl.h>
#include <fmt/core.h>
#include <spawn.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

#include "commands.h"
#include "exit_status.h"
#include "terminal.h"

namespace mailconf::cli {
namespace {

// A definition of 1 MiB is the largest that mailconfd reads.
constexpr std::size_t kMostOfOutput = std::size_t{4} * 1024 * 1024;

// The folder of this program, with a slash; empty when the system does not tell.
std::string own_folder() {
  std::string path(4096, '\0');
  const auto length = ::readlink("/proc/self/exe", path.data(), path.size());
  if (length <= 0) return "";
  path.resize(static_cast<std::size_t>(length));
  return path.substr(0, path.rfind('/') + 1);
}

int cannot_be_run(int fault) {
  return complain(fmt::format("mailconfd, which looks after definitions, cannot be run: {}",
                              std::generic_category().message(fault)),
                  kCouldNotTell);
}

std::string read_to_end(int descriptor) {
  std::string text;
  std::array<char, 65536> chunk{};
  for (;;) {
    const auto count = ::read(descriptor, chunk.data(), chunk.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0 || text.size() > kMostOfOutput) return text;
    text.append(chunk.data(), static_cast<std::size_t>(count));
  }
}

int ended(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  return WIFEXITED(status) ? WEXITSTATUS(status) : kCouldNotTell;
}

// Beside this program, or in PATH; the reason when it is in neither place.
int spawn(pid_t& child, const posix_spawn_file_actions_t& actions, char** words) {
  const auto beside = own_folder() + words[0];
  const int fault = ::posix_spawn(&child, beside.c_str(), &actions, nullptr, words, environ);
  return fault == ENOENT ? ::posix_spawnp(&child, words[0], &actions, nullptr, words, environ) : fault;
}

}  // namespace

// Stores are the server's business, and so are the libraries of databases: this program needs none of them.
int server_command(char** words) {
  const auto beside = own_folder() + "mailconfd";
  words[0] = const_cast<char*>("mailconfd");
  ::execv(beside.c_str(), words);
  if (errno == ENOENT) ::execvp("mailconfd", words);
  return cannot_be_run(errno);
}

ServerOutput output_of_server(std::vector<std::string> words) {
  words.insert(words.begin(), "mailconfd");
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return {"", cannot_be_run(errno)};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
  pid_t child = 0;
  const int fault = spawn(child, actions, pointers.data());
  posix_spawn_file_actions_destroy(&actions);
  ::close(pipe[1]);
  ServerOutput output;
  if (fault == 0) output.text = read_to_end(pipe[0]);
  ::close(pipe[0]);
  output.status = fault == 0 ? ended(child) : cannot_be_run(fault);
  return output;
}

}  // namespace mailconf::cli
