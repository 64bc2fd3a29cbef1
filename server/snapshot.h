// What is served at one moment: every domain with its documents, rendered; of a store that is asked by name, what
// matters to others than their own domains, and a cache for the rest. Immutable but for what it remembers, so that any
// number of requests may read it while the next one is made.
#pragma once

#include <Poco/LRUCache.h>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mailconf/address.h"
#include "server/domain_cache.h"
#include "server/published_domain.h"
#include "server/store/store.h"

namespace mailconf::server {

class Snapshot {
 public:
  // Domains that come by their mail hosts, rendered; about 10 KiB each.
  static constexpr long most_by_mx = 2'000;

  explicit Snapshot(const std::vector<Definition>& definitions);
  // The definitions are those of LoadedDefinitions beside the remainder.
  Snapshot(const std::vector<Definition>& definitions, const Remainder& remainder, std::shared_ptr<DomainCache> cache);

  // What is found lives as long as the snapshot. Without patience, what would have to be read throws MustWait.
  [[nodiscard]] FoundDomain find(const DomainName& domain, Patience patience = Patience::waits) const;
  // The first domain of the only definition; absent when there are several, or none.
  [[nodiscard]] FoundDomain sole(Patience patience = Patience::waits) const;

  // What the authorization server says of itself that is identified by `issuer`, "https://" and its slash at the end
  // left out: "auth.example.org/tenant". Null when no definition has it.
  [[nodiscard]] const Document* find_issuer(const std::string& issuer) const;

  // Some definition has mxDomains.
  [[nodiscard]] bool claims_mail() const { return !by_mx_domain_.empty(); }
  // `domain` as the definition has it whose mxDomains hold `mail_host` or what it is below; the longest match counts,
  // and of equal ones the first definition by origin. Null when no definition claims the host. Rendered when it is
  // first asked for, and kept until others are asked for more often.
  [[nodiscard]] std::shared_ptr<const PublishedDomain> publish_by_mx(const DomainName& domain,
                                                                     const DomainName& mail_host) const;
  // Those that are rendered, which is none when the store is asked by name.
  [[nodiscard]] const std::map<DomainName, PublishedDomain>& domains() const { return domains_; }
  // Of all definitions.
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  // A domain, and the definition that claims its mail host.
  using ByMx = std::pair<DomainName, const Definition*>;

  void add_shared(const Definition& definition);

  std::shared_ptr<DomainCache> cache_;
  std::map<DomainName, PublishedDomain> domains_;
  std::map<DomainName, std::shared_ptr<const Definition>> by_mx_domain_;
  std::map<std::string, Document> by_issuer_;
  std::optional<DomainName> sole_;
  std::size_t size_ = 0;
  mutable Poco::LRUCache<ByMx, std::shared_ptr<const PublishedDomain>> rendered_by_mx_{most_by_mx};
};

}  // namespace mailconf::server
