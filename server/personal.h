// What is published for one address, of a domain whose documents hold placeholders: those documents with the address in
// them or, where user names are looked up, others that are made for it. They are made alike whether a name was found or
// not.
#pragma once

#include <optional>
#include <string>

#include "server/published_domain.h"

namespace mailconf::server {

// With `login`, where it is given, in place of every user name.
Settings settings_for(const PublishedDomain& domain, const EmailAddress& address,
                      const std::optional<std::string>& login);

std::string autoconfig_for(const PublishedDomain& domain, const EmailAddress& address,
                           const std::optional<std::string>& login);

// Nothing when there is no server that it can name.
std::optional<std::string> autodiscover_for(const PublishedDomain& domain, const EmailAddress& address,
                                            const std::optional<std::string>& login);

}  // namespace mailconf::server
