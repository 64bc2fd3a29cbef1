// Recordings as files: a run that can be sent in, and replayed elsewhere.
#pragma once

#include <string>

#include "mailconf/resolver.h"

namespace mailconf::cli {

// A resolver that plays the file. Errors name it, and the line.
Result<Resolver> replay_file(const std::string& path);
// Fails for a file that is there already, before anything is asked.
Result<void> check_recording_file(const std::string& path);
// A new file with mode 600.
Result<void> write_recording_file(const std::string& path, const std::string& recording);

}  // namespace mailconf::cli
