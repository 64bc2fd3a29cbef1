#include "private_file.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "terminal.h"

namespace mailconf::cli {
namespace {

// Closes it, too.
bool fill(int descriptor, std::string_view text) {
  const bool written = write_all(descriptor, text);
  const int problem = errno;
  const bool closed = close(descriptor) == 0;
  if (!written) errno = problem;
  return written && closed;
}

Result<void> remove_and_fail(const std::string& file, const std::string& path) {
  const auto problem = file_failure(path);
  unlink(file.c_str());
  return problem;
}

Result<void> create(const std::string& path, std::string_view text) {
  const int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kPrivate);
  if (descriptor < 0) return file_failure(path);
  if (!fill(descriptor, text)) return remove_and_fail(path, path);
  return {};
}

Result<void> replace_by_renaming(const std::string& path, std::string_view text) {
  std::string beside = path + ".XXXXXX";
  const int descriptor = mkostemp(beside.data(), O_CLOEXEC);  // mode 600 (POSIX.1-2017, mkstemp)
  if (descriptor < 0) return file_failure(path);
  if (!fill(descriptor, text)) return remove_and_fail(beside, path);
  if (rename(beside.c_str(), path.c_str()) != 0) return remove_and_fail(beside, path);
  return {};
}

}  // namespace

tl::unexpected<Error> file_failure(const std::string& path) { return fail(ErrorCode::io, path, std::strerror(errno)); }

Result<void> write_private_file(const std::string& path, std::string_view text, bool replace) {
  return replace ? replace_by_renaming(path, text) : create(path, text);
}

}  // namespace mailconf::cli
