// Definitions in the rows of a database, shared by any number of instances of mailconfd. See schema.h for the tables.
#pragma once

#include "server/store/sql/database.h"
#include "server/store/store.h"

namespace mailconf::server {

class SqlStore : public Store, public DefinitionsByName {
 public:
  SqlStore(SqlPlace place, Reading reading) : database_(std::move(place)), reading_(reading) {}

  Result<LoadedDefinitions> load() override;
  DefinitionsByName* by_name() override { return reading_ == Reading::by_name ? this : nullptr; }
  Result<bool> has_changed() override;
  Result<std::optional<ReadDefinition>> find(const DomainName& domain) override;
  Result<std::vector<DomainName>> names(const std::optional<DomainName>& after, std::size_t most) override;

 private:
  void load_part(SqlSession& session, LoadedDefinitions& loaded);

  Database database_;
  const Reading reading_;
  std::int64_t version_ = 0;  // when it was last loaded; 0 when it never was
};

}  // namespace mailconf::server
