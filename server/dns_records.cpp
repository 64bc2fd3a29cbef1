#include "server/dns_records.h"

#include <algorithm>
#include <fmt/core.h>
#include <fmt/format.h>
#include <openssl/evp.h>

#include "server/snapshot.h"

namespace mailconf::server {
namespace {

std::string base64(const std::array<unsigned char, 32>& octets) {
  std::array<unsigned char, 45> text{};  // four characters for three octets, and a zero
  const int length = EVP_EncodeBlock(text.data(), octets.data(), static_cast<int>(octets.size()));
  return {text.begin(), text.begin() + length};
}

}  // namespace

std::vector<std::string> dns_records(const PublishedDomain& domain) {
  std::vector<std::string> records;
  if (domain.pacc) {
    records.push_back(fmt::format("_ua-auto-config.{}. IN TXT \"v=UAAC1; a=sha256; d={}\"", domain.domain.ascii(),
                                  base64(sha256(domain.pacc->text))));
  }
  if (domain.mta_sts) {
    // The id changes with the policy; letters and digits, 32 at most (RFC 8461 §3.1).
    records.push_back(fmt::format("_mta-sts.{}. IN TXT \"v=STSv1; id={}\"", domain.domain.ascii(),
                                  hex_digest(domain.mta_sts->text, 10)));
  }
  return records;
}

std::optional<std::string> changed_records(const PublishedDomain& before, const PublishedDomain& after) {
  const auto was = dns_records(before);
  const auto is = dns_records(after);
  if (was == is) return std::nullopt;
  return fmt::format("the DNS records of {} change from [{}] to [{}]; keep both for a day", after.domain.ascii(),
                     fmt::join(was, ", "), fmt::join(is, ", "));
}

std::vector<std::string> changed_records(const Snapshot& before, const Snapshot& after) {
  std::vector<std::string> sentences;
  for (const auto& [name, domain] : after.domains()) {
    const auto old = before.domains().find(name);
    if (old == before.domains().end()) continue;
    if (auto sentence = changed_records(old->second, domain)) sentences.push_back(*std::move(sentence));
  }
  return sentences;
}

}  // namespace mailconf::server
