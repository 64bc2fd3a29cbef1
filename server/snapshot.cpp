#include "server/snapshot.h"

#include <utility>

namespace mailconf::server {

Snapshot::Snapshot(const std::vector<Definition>& definitions) {
  for (const auto& definition : definitions) {
    const auto& settings = definition.settings;
    for (const auto& domain : settings.provider.domains) domains_.emplace(domain, publish(definition, domain));
    if (settings.provider.mx_domains.empty()) continue;
    // Which of the definition's hosts another domain's mail goes to is not for the documents of that domain to tell.
    auto for_others = definition;
    const auto claimed = std::exchange(for_others.settings.provider.mx_domains, {});
    const auto shared = std::make_shared<const Definition>(std::move(for_others));
    for (const auto& mx_domain : claimed) by_mx_domain_.emplace(mx_domain, shared);
  }
  if (definitions.size() == 1) sole_ = definitions.front().settings.provider.domains.front();
}

const PublishedDomain* Snapshot::find(const DomainName& domain) const {
  const auto found = domains_.find(domain);
  return found == domains_.end() ? nullptr : &found->second;
}

std::optional<PublishedDomain> Snapshot::publish_by_mx(const DomainName& domain, const DomainName& mail_host) const {
  for (std::optional<DomainName> name = mail_host; name; name = name->parent()) {
    if (const auto found = by_mx_domain_.find(*name); found != by_mx_domain_.end())
      return publish(*found->second, domain);
  }
  return std::nullopt;
}

const PublishedDomain* Snapshot::sole() const { return sole_ ? find(*sole_) : nullptr; }

}  // namespace mailconf::server
