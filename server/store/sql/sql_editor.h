// Changes rows, in one transaction a command.
#pragma once

#include "server/store/editor.h"
#include "server/store/sql/database.h"

namespace mailconf::server {

class SqlEditor : public Editor {
 public:
  explicit SqlEditor(SqlPlace place) : database_(std::move(place)) {}
  [[nodiscard]] bool is_there() const override { return must_exist().has_value(); }
  Result<void> add(const std::vector<NewDefinition>& definitions) override;
  Result<void> list(const std::function<void(const ListedDomain&)>& tell) override;
  Result<std::optional<std::string>> text_of(const DomainName& domain) override;
  Result<bool> remove(const DomainName& domain) override;

 private:
  // The work's own error takes back what it did.
  Result<void> change(const std::function<Result<void>(SqlSession&)>& work);
  [[nodiscard]] Result<void> must_exist() const;

  Database database_;
};

}  // namespace mailconf::server
