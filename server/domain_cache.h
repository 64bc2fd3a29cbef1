// Domains of a store that is asked by name: rendered when they are first asked for, and kept until others are asked for
// more often. What has changed is read again when it is next asked for; while the store is away or what it holds cannot
// be used, the old one stays in service.
//
// Safe from any thread.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "server/found_domain.h"
#include "server/patience.h"
#include "server/problem.h"
#include "server/recently_used.h"
#include "server/store/store.h"

namespace mailconf::server {

class DomainCache {
 public:
  // About 10 KiB each: 200 MiB.
  static constexpr std::size_t usual_capacity = 20'000;
  using Report = std::function<void(const Problems&)>;

  // At most `capacity` domains are kept. `report` is told what is wrong with definitions, and of DNS records that
  // must follow a change; from any thread.
  DomainCache(DefinitionsByName& store, std::size_t capacity, Report report);

  // Without patience, what would have to be read throws MustWait.
  FoundDomain find(const DomainName& domain, Patience patience = Patience::waits);
  // These may be others now; nothing stands for all.
  void changed(const std::optional<std::vector<DomainName>>& domains);

 private:
  struct Entry {
    FoundDomain found;
    std::uint64_t read_in = 0;  // the round of changes after which it was read
  };
  using Entries = RecentlyUsed<std::string, Entry>;

  // Null when nothing is known of it; valid until the next change.
  [[nodiscard]] const Entry* entry(const std::string& name);
  FoundDomain ask(const DomainName& domain, const std::optional<Entry>& old, std::uint64_t round);
  FoundDomain rendered(const DomainName& domain, const ReadDefinition& read, const FoundDomain& in_service);
  void keep(const std::string& name, const FoundDomain& found, std::uint64_t round);
  void forget(const std::string& name);

  DefinitionsByName& store_;
  const Report report_;
  std::mutex mutex_;
  Entries found_;
  // Apart, so that strangers who make names up push no domain out.
  Entries absent_;
  std::uint64_t round_ = 1;      // one more with every change
  std::uint64_t all_since_ = 1;  // entries of earlier rounds are old
};

}  // namespace mailconf::server
