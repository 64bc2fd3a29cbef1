// What another program says of itself: run without a shell, for a bounded time and output.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "mailconf/result.h"

namespace mailconf::server {

struct ProgramLimits {
  std::size_t output = std::size_t{4} * 1024 * 1024;  // octets; doveconf -a writes 25,000
  std::chrono::milliseconds time{10'000};             // postconf rests a second before it tells of an error
};

// Standard output. An error when the program cannot be run, ends with another status than 0 or exceeds a limit; the
// message is what it wrote last to standard error, without its name. It inherits nothing but LC_ALL=C and a PATH.
Result<std::string> output_of(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                              const ProgramLimits& limits = {});

// Of the system's folders: what PATH names may be somebody else's, and this runs as root.
std::optional<std::filesystem::path> system_program(const std::string& name);

}  // namespace mailconf::server
