#include "server/subject.h"

#include <algorithm>

namespace mailconf::server {
namespace {

// RFC 5321 §4.5.3.1: 64 octets, "@", 255 octets.
constexpr std::size_t longest_address = 320;

// Names under which clients ask for the settings of the domain behind them.
constexpr std::string_view service_labels[] = {"autoconfig.", "autodiscover.", "ua-auto-config.", "mail.", "www."};

tl::unexpected<Answer> unknown_domain() {
  return tl::unexpected(explain(404, "No settings are published here for this domain."));
}

const PublishedDomain* find_by_host(const DomainName& host, const Snapshot& snapshot) {
  if (const auto* found = snapshot.find(host)) return found;
  for (const auto label : service_labels) {
    if (!host.ascii().starts_with(label)) continue;
    const auto parent = host.parent();
    return parent ? snapshot.find(*parent) : nullptr;
  }
  return nullptr;
}

// The domain of a text that is an address but for odd printable characters before its only "@": what is published for
// everybody may be told, and nothing of the text is.
std::optional<DomainName> domain_of_odd_address(std::string_view text) {
  const auto at = text.find('@');
  const auto is_ordinary = [](char c) { return c > ' ' && c < '\x7f'; };
  if (at == 0 || at == text.npos || at != text.rfind('@') || text.size() > longest_address) return std::nullopt;
  if (!std::ranges::all_of(text, is_ordinary)) return std::nullopt;
  const auto domain = DomainName::parse(text.substr(at + 1));
  return domain ? std::optional(*domain) : std::nullopt;
}

}  // namespace

SubjectOrRefusal by_address_or_host(const Request& request, const Snapshot& snapshot) {
  Subject subject;
  const auto text = request.target.parameter("emailaddress").value_or("");
  if (!text.empty()) {
    auto address = EmailAddress::parse(text);
    const auto domain = address ? std::optional(address->domain()) : domain_of_odd_address(text);
    if (!domain) return tl::unexpected(explain(400, "The parameter emailaddress holds no e-mail address."));
    subject.domain = snapshot.find(*domain);
    if (address) subject.address = *std::move(address);
  } else if (request.host.domain) {
    subject.domain = find_by_host(*request.host.domain, snapshot);
  } else {
    subject.domain = snapshot.sole();
  }
  if (subject.domain == nullptr) return unknown_domain();
  return subject;
}

SubjectOrRefusal by_name(std::string_view name, const Snapshot& snapshot) {
  const auto domain = DomainName::parse(name);
  const auto* found = domain ? snapshot.find(*domain) : nullptr;
  if (found == nullptr) return unknown_domain();
  return Subject{found, std::nullopt};
}

}  // namespace mailconf::server
