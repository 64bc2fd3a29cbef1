#include "driver/policy_file.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "protocol/limits.h"

namespace mailconf {

Result<std::optional<PolicyFile>> read_policy_file(const std::string& directory, const DomainName& domain) {
  if (directory.empty()) return std::nullopt;
  const auto path = std::filesystem::path(directory) / (domain.ascii() + ".xml");
  std::error_code problem;
  const auto status = std::filesystem::status(path, problem);
  if (status.type() == std::filesystem::file_type::not_found) return std::nullopt;
  if (problem) return fail(ErrorCode::io, path.string(), problem.message());
  if (!std::filesystem::is_regular_file(status)) return fail(ErrorCode::io, path.string(), "is not a regular file");
  const auto size = std::filesystem::file_size(path, problem);
  if (!problem && size > limits::http_body) return fail(ErrorCode::too_large, path.string(), "is larger than 256 KiB");
  std::ifstream file(path, std::ios::binary);
  std::ostringstream contents;
  contents << file.rdbuf();
  if (!file) return fail(ErrorCode::io, path.string(), "cannot be read");
  return PolicyFile{path.string(), contents.str()};
}

}  // namespace mailconf
