// Changes the files of a directory store: DOMAIN.toml for a new definition, the same file for one that is replaced.
#pragma once

#include "server/store/editor.h"

namespace mailconf::server {

class DirectoryEditor : public Editor {
 public:
  explicit DirectoryEditor(std::filesystem::path folder) : folder_(std::move(folder)) {}
  Result<void> add(const std::vector<NewDefinition>& definitions) override;
  Result<void> list(const std::function<void(const ListedDomain&)>& tell) override;
  Result<std::optional<std::string>> text_of(const DomainName& domain) override;
  Result<bool> remove(const DomainName& domain) override;

 private:
  std::filesystem::path folder_;
};

}  // namespace mailconf::server
