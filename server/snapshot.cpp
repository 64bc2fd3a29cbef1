#include "server/snapshot.h"

#include <Poco/DeflatingStream.h>
#include <array>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <sstream>

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
    for (const auto& domain : definition.settings.provider.domains) {
      auto xml = write_autoconfig_xml(for_one_domain(definition.settings, domain));
      Document document(DocumentTemplate(std::move(xml), DocumentTemplate::Escaping::xml));
      domains_.emplace(domain, PublishedDomain{domain, std::move(document)});
    }
  }
  if (definitions.size() == 1) sole_ = definitions.front().settings.provider.domains.front();
}

const PublishedDomain* Snapshot::find(const DomainName& domain) const {
  const auto found = domains_.find(domain);
  return found == domains_.end() ? nullptr : &found->second;
}

const PublishedDomain* Snapshot::sole() const { return sole_ ? find(*sole_) : nullptr; }

}  // namespace mailconf::server
