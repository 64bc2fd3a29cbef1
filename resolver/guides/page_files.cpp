#include "guides/page_files.h"

#include "model/embedded.h"

extern "C" {
extern const char mailconf_page_files[];
extern const char mailconf_page_files_end[];
}

namespace mailconf::guides {
namespace {

const std::vector<EmbeddedFile>& listed() {
  static const auto all = embedded_files(mailconf_page_files, mailconf_page_files_end);
  return all;
}

}  // namespace

std::string_view page_file(std::string_view name) { return embedded_text(listed(), name); }

std::vector<std::string_view> page_file_names() {
  std::vector<std::string_view> names;
  for (const EmbeddedFile& file : listed()) names.push_back(file.name);
  return names;
}

}  // namespace mailconf::guides
