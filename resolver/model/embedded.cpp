#include "model/embedded.h"

#include <algorithm>
#include <cstddef>

namespace mailconf {
namespace {

std::string_view take_string(std::string_view& rest) {
  const std::string_view text = rest.substr(0, rest.find('\0'));
  rest.remove_prefix(text.size() + 1);
  return text;
}

}  // namespace

std::vector<EmbeddedFile> embedded_files(const char* begin, const char* end) {
  std::vector<EmbeddedFile> files;
  std::string_view rest(begin, static_cast<std::size_t>(end - begin));
  while (!rest.empty()) {
    const std::string_view name = take_string(rest);
    files.push_back({name, take_string(rest)});
  }
  return files;
}

std::string_view embedded_text(const std::vector<EmbeddedFile>& files, std::string_view name, std::string_view ending) {
  const auto is_meant = [&](const EmbeddedFile& file) {
    return file.name.size() == name.size() + ending.size() && file.name.starts_with(name) &&
           file.name.ends_with(ending);
  };
  const auto found = std::ranges::find_if(files, is_meant);
  return found == files.end() ? std::string_view{} : found->text;
}

}  // namespace mailconf
