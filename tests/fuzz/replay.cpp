// Runs a fuzz target over the files of a folder, and over the beginnings of the small ones: what breaks off is the
// commonest malformed input.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "target.h"

namespace {

constexpr std::size_t small = 4096;

std::vector<std::uint8_t> contents(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// A copy of the exact size, so that the sanitizer sees a read beyond the end.
void run(const std::vector<std::uint8_t>& input, std::size_t size) {
  const std::vector<std::uint8_t> part(input.begin(), input.begin() + static_cast<std::ptrdiff_t>(size));
  LLVMFuzzerTestOneInput(part.data(), part.size());
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<std::filesystem::path> files;
  for (int i = 1; i < count; ++i)
    for (const auto& entry : std::filesystem::recursive_directory_iterator(arguments[i]))
      if (entry.is_regular_file()) files.push_back(entry.path());
  std::ranges::sort(files);
  for (const auto& file : files) {
    std::cout << file.filename().string() << std::endl;
    const std::vector<std::uint8_t> input = contents(file);
    for (std::size_t size = 0; input.size() <= small && size < input.size(); ++size) run(input, size);
    run(input, input.size());
  }
  return files.empty() ? 1 : 0;
}
