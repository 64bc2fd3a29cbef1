#include "server/publication.h"

#include <algorithm>
#include <fmt/core.h>
#include <map>

namespace mailconf::server {
namespace {

// The new definitions, and the old ones of those origins whose new one cannot be used.
std::vector<Definition> merged(LoadedDefinitions& loaded, const std::vector<Definition>& old) {
  auto definitions = std::move(loaded.definitions);
  for (const auto& definition : old) {
    if (std::ranges::find(loaded.refused, definition.origin) != loaded.refused.end()) definitions.push_back(definition);
  }
  std::ranges::sort(definitions, {}, &Definition::origin);
  return definitions;
}

}  // namespace

Publication::Publication(std::unique_ptr<Store> store, std::size_t cache, DomainCache::Report report)
    : store_(std::move(store)) {
  if (auto* by_name = store_->by_name()) cache_ = std::make_shared<DomainCache>(*by_name, cache, std::move(report));
  // Until the store could be read, nobody can say what it does not hold.
  current_.set(cache_ ? std::make_shared<const Snapshot>(definitions_, Remainder{}, cache_)
                      : std::make_shared<const Snapshot>(definitions_));
}

Problems Publication::could_not_read(const Error& error) {
  const std::lock_guard lock(state_mutex_);
  state_.failure = error.message;
  return {{Severity::error, error.place, 0, "", error.message}};
}

std::shared_ptr<const Snapshot> Publication::snapshot_of(LoadedDefinitions& loaded, Problems& problems) {
  definitions_ = merged(loaded, definitions_);
  auto served = definitions_;
  if (loaded.remainder) {
    // The names of its domains are unique already.
    cache_->changed(loaded.remainder->changed);
    return std::make_shared<const Snapshot>(served, *loaded.remainder, cache_);
  }
  std::ranges::move(settle_duplicates(served), std::back_inserter(problems));
  return std::make_shared<const Snapshot>(served);
}

Problems Publication::reload() {
  auto loaded = store_->load();
  if (!loaded) return could_not_read(loaded.error());
  auto problems = std::move(loaded->problems);
  current_.set(snapshot_of(*loaded, problems));
  const std::lock_guard lock(state_mutex_);
  const auto errors = std::ranges::count(problems, Severity::error, &Problem::severity);
  state_ = {std::chrono::system_clock::now(), current()->size(), static_cast<std::size_t>(errors), ""};
  return problems;
}

std::optional<Problems> Publication::follow() {
  const bool was_away = !state().failure.empty();
  const auto changed = store_->has_changed();
  if (!changed) {
    auto problems = could_not_read(changed.error());
    return was_away ? std::nullopt : std::optional(std::move(problems));
  }
  if (!*changed && !was_away) return std::nullopt;
  auto problems = reload();
  return was_away && !state().failure.empty() ? std::nullopt : std::optional(std::move(problems));
}

StoreState Publication::state() const {
  const std::lock_guard lock(state_mutex_);
  return state_;
}

Result<std::vector<DomainName>> Publication::names(const std::optional<DomainName>& after, std::size_t most) const {
  if (auto* by_name = store_->by_name()) return by_name->names(after, most);
  const auto snapshot = current();
  const auto& domains = snapshot->domains();
  std::vector<DomainName> names;
  for (auto each = after ? domains.upper_bound(*after) : domains.begin(); each != domains.end(); ++each) {
    if (names.size() == most) break;
    names.push_back(each->first);
  }
  return names;
}

Problems settle_duplicates(std::vector<Definition>& definitions) {
  Problems problems;
  std::map<DomainName, std::string> owners;
  for (auto& definition : definitions) {
    std::erase_if(definition.settings.provider.domains, [&](const DomainName& domain) {
      const auto [owner, is_new] = owners.emplace(domain, definition.origin);
      if (!is_new)
        problems.push_back(
            {Severity::error, definition.origin, definition.domains_line, "domains",
             fmt::format("{} is defined in {} already, which is served", domain.ascii(), owner->second)});
      return !is_new;
    });
  }
  std::erase_if(definitions, [](const Definition& definition) { return definition.settings.provider.domains.empty(); });
  return problems;
}

}  // namespace mailconf::server
