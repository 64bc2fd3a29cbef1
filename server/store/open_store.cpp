#include "server/store/directory_store.h"
#include "server/store/store.h"

namespace mailconf::server {

Result<std::unique_ptr<Store>> open_store(const std::string& url, const std::filesystem::path& base) {
  constexpr std::string_view directory = "directory:";
  if (!url.starts_with(directory) || url.size() == directory.size())
    return fail(ErrorCode::bad_option, "store.url", "must be \"directory:FOLDER\", not \"" + url + "\"");
  return std::make_unique<DirectoryStore>(base / url.substr(directory.size()));
}

}  // namespace mailconf::server
