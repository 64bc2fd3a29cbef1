#include "server/store/directory_store.h"

#include <algorithm>

#include "server/store/definition_toml.h"

namespace mailconf::server {
namespace {

bool holds_a_definition(const std::filesystem::path& path) {
  const auto name = path.filename().string();
  return name.ends_with(".toml") && !name.starts_with('.');
}

void append(Problems& all, Problems&& more) { std::ranges::move(more, std::back_inserter(all)); }

}  // namespace

Result<LoadedDefinitions> DirectoryStore::load() {
  std::error_code fault;
  std::vector<std::filesystem::path> files;
  for (std::filesystem::directory_iterator entry(folder_, fault), end; !fault && entry != end; entry.increment(fault)) {
    if (holds_a_definition(entry->path())) files.push_back(entry->path());
  }
  if (fault) return fail(ErrorCode::io, folder_.string(), "cannot be read: " + fault.message());
  std::ranges::sort(files);

  LoadedDefinitions loaded;
  for (const auto& file : files) {
    auto read = read_definition(file);
    append(loaded.problems, std::move(read.problems));
    if (read.definition) {
      loaded.definitions.push_back(*std::move(read.definition));
    } else {
      loaded.refused.push_back(file.string());
    }
  }
  return loaded;
}

}  // namespace mailconf::server
