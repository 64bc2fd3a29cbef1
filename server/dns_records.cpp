#include "server/dns_records.h"

#include <fmt/core.h>
#include <fmt/format.h>

#include "server/snapshot.h"
#include "server/zone/zone_text.h"

namespace mailconf::server {

std::vector<std::string> dns_records(const PublishedDomain& domain) {
  std::vector<std::string> lines;
  for (const auto& record : vouching_records(domain)) lines.push_back(zone_line(record));
  return lines;
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
