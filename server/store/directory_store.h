// A folder of TOML files, one definition each: NAME.toml, in the order of the names. Files that begin with a dot, as
// editors leave them behind, are passed over.
#pragma once

#include <filesystem>

#include "server/store/store.h"

namespace mailconf::server {

class DirectoryStore : public Store {
 public:
  explicit DirectoryStore(std::filesystem::path folder) : folder_(std::move(folder)) {}
  Result<LoadedDefinitions> load() override;
  [[nodiscard]] std::filesystem::path folder() const override { return folder_; }

 private:
  std::filesystem::path folder_;
};

}  // namespace mailconf::server
