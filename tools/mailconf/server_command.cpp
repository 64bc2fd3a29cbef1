#include <cerrno>
#include <fmt/core.h>
#include <system_error>
#include <unistd.h>

#include "commands.h"
#include "exit_status.h"
#include "terminal.h"

namespace mailconf::cli {
namespace {

// The folder of this program, with a slash; empty when the system does not tell.
std::string own_folder() {
  std::string path(4096, '\0');
  const auto length = ::readlink("/proc/self/exe", path.data(), path.size());
  if (length <= 0) return "";
  path.resize(static_cast<std::size_t>(length));
  return path.substr(0, path.rfind('/') + 1);
}

}  // namespace

// Stores are the server's business, and so are the libraries of databases: this program needs none of them.
int server_command(char** words) {
  const auto beside = own_folder() + "mailconfd";
  words[0] = const_cast<char*>("mailconfd");
  ::execv(beside.c_str(), words);
  if (errno == ENOENT) ::execvp("mailconfd", words);
  const auto reason = std::generic_category().message(errno);
  write_all(STDERR_FILENO,
            fmt::format("mailconf: mailconfd, which looks after definitions, cannot be run: {}\n", reason));
  return kCouldNotTell;
}

}  // namespace mailconf::cli
