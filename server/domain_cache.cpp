#include "server/domain_cache.h"

#include "server/dns_records.h"

namespace mailconf::server {
namespace {

// About 200 octets each. They are as true as the others until the store says that something has changed.
constexpr std::size_t most_absent = 10'000;

// A round before all others: what was read in it is old.
constexpr std::uint64_t never = 0;

}  // namespace

DomainCache::DomainCache(DefinitionsByName& store, std::size_t capacity, Report report)
    : store_(store), report_(std::move(report)), found_(capacity), absent_(most_absent) {}

FoundDomain DomainCache::find(const DomainName& domain, Patience patience) {
  std::optional<Entry> old;
  std::uint64_t round = 0;
  {
    const std::lock_guard lock(mutex_);
    round = round_;
    if (const auto* known = entry(domain.ascii())) {
      if (known->read_in >= all_since_) return known->found;
      old = *known;
    }
  }
  must_wait(patience);
  return ask(domain, old, round);
}

const DomainCache::Entry* DomainCache::entry(const std::string& name) {
  const auto* found = found_.get(name);
  return found != nullptr ? found : absent_.get(name);
}

FoundDomain DomainCache::ask(const DomainName& domain, const std::optional<Entry>& old, std::uint64_t round) {
  const auto in_service = old ? old->found : FoundDomain{Outcome::unknown, nullptr};
  auto read = store_.find(domain);
  if (!read) return in_service;
  auto found = *read ? rendered(domain, **read, in_service) : FoundDomain{};
  keep(domain.ascii(), found, round);
  return found;
}

// What stands in the store and cannot be used is no absence.
FoundDomain DomainCache::rendered(const DomainName& domain, const ReadDefinition& read, const FoundDomain& in_service) {
  report_(read.problems);
  if (!read.definition) return in_service;
  const auto published = std::make_shared<const PublishedDomain>(publish(*read.definition, domain));
  if (in_service.domain) {
    if (auto sentence = changed_records(*in_service.domain, *published))
      report_({{Severity::warning, read.definition->origin, 0, "", *std::move(sentence)}});
  }
  return {Outcome::found, published};
}

void DomainCache::keep(const std::string& name, const FoundDomain& found, std::uint64_t round) {
  const std::lock_guard lock(mutex_);
  if (const auto* kept = entry(name); kept != nullptr && kept->read_in > round) return;
  forget(name);
  // It may have changed since it was read: then it only serves while the store is away.
  const auto read_in = round == round_ ? round : never;
  (found.outcome == Outcome::found ? found_ : absent_).put(name, Entry{found, read_in});
}

void DomainCache::forget(const std::string& name) {
  found_.remove(name);
  absent_.remove(name);
}

void DomainCache::changed(const std::optional<std::vector<DomainName>>& domains) {
  const std::lock_guard lock(mutex_);
  ++round_;
  if (!domains) {
    all_since_ = round_;
    return;
  }
  for (const auto& domain : *domains) {
    const auto* old = entry(domain.ascii());
    if (old == nullptr) continue;
    auto found = old->found;
    (found.outcome == Outcome::found ? found_ : absent_).put(domain.ascii(), Entry{std::move(found), never});
  }
}

}  // namespace mailconf::server
