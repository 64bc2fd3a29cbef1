// What is in service, and how a reload changes it: a definition that has become bad stays in service as it was, and
// everything else follows the store.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "server/current.h"
#include "server/snapshot.h"
#include "server/store/store.h"
#include "server/store/store_state.h"

namespace mailconf::server {

class Publication {
 public:
  // Of a store that is asked by name, `cache` domains are kept; `report` is told what is wrong with others as they are
  // asked for.
  explicit Publication(
      std::unique_ptr<Store> store, std::size_t cache = DomainCache::usual_capacity,
      DomainCache::Report report = [](const Problems&) {});

  // Reads the store and puts the outcome into service at once. From one thread at a time.
  Problems reload();
  // Reads the store if it has changed or could not be read the last time; nothing when there is nothing new to tell.
  // As reload().
  std::optional<Problems> follow();
  // Safe from any thread; never null.
  [[nodiscard]] std::shared_ptr<const Snapshot> current() const { return current_.get(); }
  // Safe from any thread.
  [[nodiscard]] StoreState state() const;
  // The domains in service, page by page: as DefinitionsByName::names(). Safe from any thread.
  [[nodiscard]] Result<std::vector<DomainName>> names(const std::optional<DomainName>& after, std::size_t most) const;
  // Whether a change shows by follow() alone.
  [[nodiscard]] bool must_be_asked() const { return cache_ != nullptr; }
  [[nodiscard]] std::filesystem::path folder() const { return store_->folder(); }

 private:
  Problems could_not_read(const Error& error);
  [[nodiscard]] std::shared_ptr<const Snapshot> snapshot_of(LoadedDefinitions& loaded, Problems& problems);

  std::unique_ptr<Store> store_;
  std::shared_ptr<DomainCache> cache_;
  std::vector<Definition> definitions_;
  Current<Snapshot> current_;
  mutable std::mutex state_mutex_;
  StoreState state_;
};

// Takes from each definition the domains that an earlier one has, names both files, and drops what is left without any.
Problems settle_duplicates(std::vector<Definition>& definitions);

}  // namespace mailconf::server
