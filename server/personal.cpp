#include "server/personal.h"

#include "mailconf/publishing.h"

namespace mailconf::server {
namespace {

// Who is admitted without a name stays so.
template <class Body>
void sign_in_as(const std::string& login, std::vector<Body>& bodies) {
  for (auto& body : bodies) {
    if (!body.username.empty()) body.username = login;
  }
}

}  // namespace

Settings settings_for(const PublishedDomain& domain, const EmailAddress& address,
                      const std::optional<std::string>& login) {
  auto settings = for_address(domain.settings, address).settings;
  if (!login) return settings;
  sign_in_as(*login, settings.incoming);
  sign_in_as(*login, settings.outgoing);
  sign_in_as(*login, settings.services);
  return settings;
}

std::string autoconfig_for(const PublishedDomain& domain, const EmailAddress& address,
                           const std::optional<std::string>& login) {
  if (domain.logins.empty()) return domain.autoconfig.by_address.for_address(address);
  return write_autoconfig_xml(settings_for(domain, address, login));
}

std::optional<std::string> autodiscover_for(const PublishedDomain& domain, const EmailAddress& address,
                                            const std::optional<std::string>& login) {
  if (!domain.autodiscover) return std::nullopt;
  if (domain.logins.empty() || domain.elsewhere) return domain.autodiscover->by_address.for_address(address);
  return write_autodiscover_xml(settings_for(domain, address, login), LoginNames::told);
}

}  // namespace mailconf::server
