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

Publication::Publication(std::unique_ptr<Store> store) : store_(std::move(store)) {
  current_.set(std::make_shared<const Snapshot>(definitions_));
}

Problems Publication::reload() {
  auto loaded = store_->load();
  if (!loaded) {
    const std::lock_guard lock(state_mutex_);
    state_.failure = loaded.error().message;
    return {{Severity::error, loaded.error().place, 0, "", loaded.error().message}};
  }
  auto problems = std::move(loaded->problems);
  definitions_ = merged(*loaded, definitions_);
  auto served = definitions_;
  std::ranges::move(settle_duplicates(served), std::back_inserter(problems));
  current_.set(std::make_shared<const Snapshot>(served));
  const std::lock_guard lock(state_mutex_);
  const auto errors = std::ranges::count(problems, Severity::error, &Problem::severity);
  state_ = {std::chrono::system_clock::now(), current()->size(), static_cast<std::size_t>(errors), ""};
  return problems;
}

StoreState Publication::state() const {
  const std::lock_guard lock(state_mutex_);
  return state_;
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
