// What is in service, and how a reload changes it: a definition that has become bad stays in service as it was, and
// everything else follows the store.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "server/current.h"
#include "server/snapshot.h"
#include "server/store/store.h"
#include "server/store/store_state.h"

namespace mailconf::server {

class Publication {
 public:
  explicit Publication(std::unique_ptr<Store> store);

  // Reads the store and puts the outcome into service at once. From one thread at a time.
  Problems reload();
  // Safe from any thread; never null.
  [[nodiscard]] std::shared_ptr<const Snapshot> current() const { return current_.get(); }
  // Safe from any thread.
  [[nodiscard]] StoreState state() const;
  [[nodiscard]] std::filesystem::path folder() const { return store_->folder(); }

 private:
  std::unique_ptr<Store> store_;
  std::vector<Definition> definitions_;
  Current<Snapshot> current_;
  mutable std::mutex state_mutex_;
  StoreState state_;
};

// Takes from each definition the domains that an earlier one has, names both files, and drops what is left without any.
Problems settle_duplicates(std::vector<Definition>& definitions);

}  // namespace mailconf::server
