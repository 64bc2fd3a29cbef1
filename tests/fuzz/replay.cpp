// Feeds every file below the given folders to a fuzz target, and every beginning of the small ones: what breaks off is
// the commonest malformed input. Each comes in a buffer of its exact size, so that a sanitizer sees any read beyond its
// end.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "target.h"

namespace {

std::vector<std::uint8_t> contents(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void feed_beginning(const std::vector<std::uint8_t>& bytes, std::size_t size) {
  const std::vector<std::uint8_t> beginning(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
  LLVMFuzzerTestOneInput(beginning.data(), beginning.size());
}

void feed(const std::vector<std::uint8_t>& bytes) {
  constexpr std::size_t small = 1024;
  for (std::size_t size = 0; bytes.size() <= small && size < bytes.size(); ++size) feed_beginning(bytes, size);
  feed_beginning(bytes, bytes.size());
}

}  // namespace

int main(int count, char** arguments) {
  std::size_t files = 0;
  for (int i = 1; i < count; ++i) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(arguments[i])) {
      if (!entry.is_regular_file()) continue;
      std::fprintf(stderr, "%s\n", entry.path().c_str());
      feed(contents(entry.path()));
      ++files;
    }
  }
  std::fprintf(stderr, "%zu files\n", files);
  return files == 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
