#include "server/snapshot.h"

#include <utility>

#include "mailconf/publishing.h"
#include "server/store/issuer_place.h"

namespace mailconf::server {

namespace {

// Clients compare an issuer letter by letter with what they asked for.
void add_issuer(const Definition& definition, std::map<std::string, Document>& by_issuer) {
  const auto place = issuer_place(definition);
  if (place.empty()) return;
  by_issuer.emplace(place, Document(write_oauth_metadata(*definition.settings.oauth2, definition.registration_url)));
}

}  // namespace

Snapshot::Snapshot(const std::vector<Definition>& definitions) {
  for (const auto& definition : definitions) {
    for (const auto& domain : definition.settings.provider.domains)
      domains_.emplace(domain, publish(definition, domain));
    add_shared(definition);
  }
  size_ = domains_.size();
  if (definitions.size() == 1) sole_ = definitions.front().settings.provider.domains.front();
}

Snapshot::Snapshot(const std::vector<Definition>& definitions, const Remainder& remainder,
                   std::shared_ptr<DomainCache> cache)
    : cache_(std::move(cache)), sole_(remainder.sole), size_(remainder.domains) {
  for (const auto& definition : definitions) add_shared(definition);
}

void Snapshot::add_shared(const Definition& definition) {
  add_issuer(definition, by_issuer_);
  if (definition.settings.provider.mx_domains.empty()) return;
  // Which of the definition's hosts another domain's mail goes to is not for the documents of that domain to tell.
  auto for_others = definition;
  const auto claimed = std::exchange(for_others.settings.provider.mx_domains, {});
  const auto shared = std::make_shared<const Definition>(std::move(for_others));
  for (const auto& mx_domain : claimed) by_mx_domain_.emplace(mx_domain, shared);
}

FoundDomain Snapshot::find(const DomainName& domain, Patience patience) const {
  if (cache_) return cache_->find(domain, patience);
  const auto found = domains_.find(domain);
  if (found == domains_.end()) return {};
  // Owned by the snapshot.
  return {Outcome::found, {std::shared_ptr<void>(), &found->second}};
}

std::shared_ptr<const PublishedDomain> Snapshot::publish_by_mx(const DomainName& domain,
                                                               const DomainName& mail_host) const {
  std::optional<DomainName> name = mail_host;
  while (name && !by_mx_domain_.contains(*name)) name = name->parent();
  if (!name) return nullptr;
  const auto& definition = *by_mx_domain_.at(*name);
  if (const auto kept = rendered_by_mx_.get({domain, &definition})) return *kept;
  auto published = std::make_shared<const PublishedDomain>(publish(definition, domain));
  rendered_by_mx_.update({domain, &definition}, published);
  return published;
}

const Document* Snapshot::find_issuer(const std::string& issuer) const {
  const auto found = by_issuer_.find(issuer);
  return found == by_issuer_.end() ? nullptr : &found->second;
}

FoundDomain Snapshot::sole(Patience patience) const { return sole_ ? find(*sole_, patience) : FoundDomain{}; }

}  // namespace mailconf::server
