// Files that are nobody else's business.
#pragma once

#include <string>
#include <string_view>
#include <sys/stat.h>

#include "mailconf/result.h"

namespace mailconf::cli {

inline constexpr mode_t kPrivate = S_IRUSR | S_IWUSR;

// What errno says of the file.
tl::unexpected<Error> file_failure(const std::string& path);

// A file with mode 600 that holds the whole text, or no file at all. Without `replace` it must not be there, not even
// as a link; with it, what was there stays whole until the new file takes its place.
Result<void> write_private_file(const std::string& path, std::string_view text, bool replace);

}  // namespace mailconf::cli
