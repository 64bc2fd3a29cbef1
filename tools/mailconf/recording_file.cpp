#include "recording_file.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fmt/core.h>
#include <fstream>

#include "private_file.h"

namespace mailconf::cli {
namespace {

// The library refuses more; what is larger need not be read to know that.
constexpr std::uintmax_t kLargest = 64 * 1024 * 1024;

Result<std::string> text_of(const std::string& path) {
  std::error_code problem;
  if (!std::filesystem::is_regular_file(path, problem)) return fail(ErrorCode::io, path, "is no file that can be read");
  const auto size = std::filesystem::file_size(path, problem);
  if (problem) return fail(ErrorCode::io, path, problem.message());
  if (size > kLargest) return fail(ErrorCode::too_large, path, "is larger than 64 MiB");
  std::string text(size, '\0');
  std::ifstream file(path, std::ios::binary);
  if (!file.read(text.data(), static_cast<std::streamsize>(size)))
    return fail(ErrorCode::io, path, std::strerror(errno));
  return text;
}

}  // namespace

Result<Resolver> replay_file(const std::string& path) {
  const auto text = text_of(path);
  if (!text) return tl::unexpected(text.error());
  auto resolver = Resolver::replay(*text);
  if (resolver) return resolver;
  const Error& error = resolver.error();
  return fail(error.code, error.place.empty() ? path : fmt::format("{}:{}", path, error.place), error.message);
}

Result<void> check_recording_file(const std::string& path) {
  std::error_code problem;
  const auto status = std::filesystem::symlink_status(path, problem);
  if (!std::filesystem::exists(status)) return {};
  return fail(ErrorCode::io, path, "is there already");
}

Result<void> write_recording_file(const std::string& path, const std::string& recording) {
  return write_private_file(path, recording, false);
}

}  // namespace mailconf::cli
