#include "server/subject.h"

namespace mailconf::server {
namespace {

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

}  // namespace

SubjectOrRefusal by_address_or_host(const Request& request, const Snapshot& snapshot) {
  Subject subject;
  const auto text = request.target.parameter("emailaddress").value_or("");
  if (!text.empty()) {
    auto address = EmailAddress::parse(text);
    if (!address) return tl::unexpected(explain(400, "The parameter emailaddress holds no e-mail address."));
    subject.domain = snapshot.find(address->domain());
    subject.address = *std::move(address);
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
