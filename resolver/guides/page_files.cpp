#include "guides/page_files.h"

#include <cstddef>

// Laid down by page_files.S.
extern "C" {
extern const char mailconf_page_files[];
extern const char mailconf_page_files_end[];
}

namespace mailconf::guides {
namespace {

struct PageFile {
  std::string_view name;
  std::string_view text;
};

std::string_view take_string(std::string_view& rest) {
  const std::string_view text = rest.substr(0, rest.find('\0'));
  rest.remove_prefix(text.size() + 1);
  return text;
}

std::vector<PageFile> listed() {
  std::vector<PageFile> files;
  const char* const begin = mailconf_page_files;
  std::string_view rest(begin, static_cast<std::size_t>(mailconf_page_files_end - begin));
  while (!rest.empty()) {
    const std::string_view name = take_string(rest);
    files.push_back({name, take_string(rest)});
  }
  return files;
}

}  // namespace

std::string_view page_file(std::string_view name) {
  for (const PageFile& file : listed()) {
    if (file.name == name) return file.text;
  }
  return {};
}

std::vector<std::string_view> page_file_names() {
  std::vector<std::string_view> names;
  for (const PageFile& file : listed()) names.push_back(file.name);
  return names;
}

}  // namespace mailconf::guides
