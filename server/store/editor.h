// Changes the definitions that a store holds, for "mailconf domain".
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/store/store.h"

namespace mailconf::server {

struct NewDefinition {
  Definition definition;
  std::string text;  // that it was read from
};

struct ListedDomain {
  std::string domain;
  std::string origin;
};

class Editor {
 public:
  virtual ~Editor() = default;
  // False for a store that add() would make.
  [[nodiscard]] virtual bool is_there() const { return true; }
  // All or none. A definition takes the place of the one with the same first domain. An error of code bad_option when a
  // domain is another definition's; any other is the store's.
  virtual Result<void> add(const std::vector<NewDefinition>& definitions) = 0;
  // Every domain, in the order of the names.
  virtual Result<void> list(const std::function<void(const ListedDomain&)>& tell) = 0;
  // The definition that names the domain, as it was written; nothing when there is none.
  virtual Result<std::optional<std::string>> text_of(const DomainName& domain) = 0;
  // False when no definition has it as its first domain. An error of code bad_option when it is another one's alias.
  virtual Result<bool> remove(const DomainName& domain) = 0;
};

// As open_store() does. A file of SQLite that is not there is made when a definition is added.
Result<std::unique_ptr<Editor>> open_editor(const std::string& url, const std::filesystem::path& base);

// The errors of every store.
tl::unexpected<Error> taken_by(const DomainName& domain, const std::string& owner);
tl::unexpected<Error> is_alias(const DomainName& domain, const std::string& owner);

}  // namespace mailconf::server
