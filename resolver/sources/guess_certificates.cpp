#include "sources/guess_certificates.h"

#include <algorithm>

namespace mailconf {
namespace {

// A certificate of shared hosting can hold a hundred names; the machine's own is among the first.
constexpr std::size_t most_hosts = 4;

}  // namespace

void GuessCertificates::note(const std::vector<std::string>& names, const std::vector<std::string>& addresses) {
  for (const auto& name : names) {
    if (std::find(names_.begin(), names_.end(), name) == names_.end()) names_.push_back(name);
  }
  addresses_.insert(addresses.begin(), addresses.end());
}

std::vector<std::string> GuessCertificates::hosts(const DomainName& domain, const std::string& mx_host) const {
  std::vector<std::string> result;
  const auto mx = DomainName::parse(mx_host);
  for (const auto& text : names_) {
    const auto name = DomainName::parse(text);
    if (!name || result.size() == most_hosts) continue;
    const bool is_own = name->within(domain) || same_registrable_domain(*name, domain);
    if (is_own || (mx && same_registrable_domain(*name, *mx))) result.push_back(name->ascii());
  }
  return result;
}

bool GuessCertificates::shown_at(const std::vector<std::string>& addresses) const {
  return std::any_of(addresses.begin(), addresses.end(),
                     [this](const std::string& address) { return addresses_.contains(address); });
}

}  // namespace mailconf
