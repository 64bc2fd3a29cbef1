#include "server/snapshot.h"

#include <Poco/DeflatingStream.h>
#include <array>
#include <fmt/core.h>
#include <openssl/evp.h>
#include <sstream>
#include <utility>

namespace mailconf::server {
namespace {

std::string zip(const std::string& bytes) {
  std::ostringstream target;
  Poco::DeflatingOutputStream zipper(target, Poco::DeflatingStreamBuf::STREAM_GZIP);
  zipper << bytes;
  zipper.close();
  return target.str();
}

// The definition as it holds for one of its domains alone: the others are nobody else's business.
Settings for_one_domain(const Settings& settings, const DomainName& domain) {
  auto applied = for_domain(settings, domain).settings;
  applied.provider.domains = {domain};
  return applied;
}

PublishedDomain publish(const Settings& settings, const DomainName& domain) {
  auto xml = write_autoconfig_xml(for_one_domain(settings, domain));
  return {domain, Document(DocumentTemplate(std::move(xml), DocumentTemplate::Escaping::xml))};
}

}  // namespace

std::string strong_etag(const std::string& bytes) {
  constexpr std::size_t kept = 16;  // 128 bits of SHA-256 tell any two documents apart
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
  std::string tag = "\"";
  for (std::size_t i = 0; i < kept; ++i) tag += fmt::format("{:02x}", digest[i]);
  return tag + '"';
}

Document::Document(DocumentTemplate rendered)
    : text(std::move(rendered)), etag(strong_etag(text.unspliced())), zipped(zip(text.unspliced())) {}

Snapshot::Snapshot(const std::vector<Definition>& definitions) {
  for (const auto& definition : definitions) {
    const auto& settings = definition.settings;
    for (const auto& domain : settings.provider.domains) domains_.emplace(domain, publish(settings, domain));
    if (settings.provider.mx_domains.empty()) continue;
    // Which of the definition's hosts another domain's mail goes to is not for the documents of that domain to tell.
    auto for_others = settings;
    const auto claimed = std::exchange(for_others.provider.mx_domains, {});
    const auto shared = std::make_shared<const Settings>(std::move(for_others));
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
