#include "server/snapshot.h"

#include <utility>

#include "mailconf/publishing.h"

namespace mailconf::server {

namespace {

// Of an issuer without query and fragment (RFC 8414 §2); clients compare it letter by letter with what they asked for.
void add_issuer(const Definition& definition, std::map<std::string, Document>& by_issuer) {
  constexpr std::string_view https = "https://";
  const auto& oauth2 = definition.settings.oauth2;
  if (!oauth2 || !oauth2->issuer.starts_with(https) || oauth2->issuer.find_first_of("?#@") != std::string::npos) return;
  auto place = oauth2->issuer.substr(https.size());
  if (place.ends_with('/')) place.pop_back();
  by_issuer.emplace(place, Document(write_oauth_metadata(*oauth2, definition.registration_url)));
}

}  // namespace

Snapshot::Snapshot(const std::vector<Definition>& definitions) {
  for (const auto& definition : definitions) {
    const auto& settings = definition.settings;
    for (const auto& domain : settings.provider.domains) domains_.emplace(domain, publish(definition, domain));
    add_issuer(definition, by_issuer_);
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

const Document* Snapshot::find_issuer(const std::string& issuer) const {
  const auto found = by_issuer_.find(issuer);
  return found == by_issuer_.end() ? nullptr : &found->second;
}

const PublishedDomain* Snapshot::sole() const { return sole_ ? find(*sole_) : nullptr; }

}  // namespace mailconf::server
