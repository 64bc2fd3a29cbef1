// Files that are compiled into the library: tools/cmake/EmbeddedFiles.cmake lays them down.
#pragma once

#include <string_view>
#include <vector>

namespace mailconf {

struct EmbeddedFile {
  std::string_view name;  // its path in the folder: "lang/en.toml"
  std::string_view text;
};

// What lies between the two symbols. Whoever asks more than once keeps the list.
std::vector<EmbeddedFile> embedded_files(const char* begin, const char* end);
// The text of the file that is called `name` and `ending`; empty when there is none.
std::string_view embedded_text(const std::vector<EmbeddedFile>& files, std::string_view name,
                               std::string_view ending = "");

}  // namespace mailconf
