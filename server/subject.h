// Which domain a request asks about. One rule for every endpoint: the address first, then the host, never a guess.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "server/answer.h"
#include "server/domains.h"
#include "server/request.h"

namespace mailconf::server {

struct Subject {
  std::shared_ptr<const PublishedDomain> domain;  // as long as the snapshot lives
  std::optional<EmailAddress> address;            // nothing when the request names only the domain
  Logins::Login login = {};                       // of the address, where that is looked up
};

using SubjectOrRefusal = tl::expected<Subject, Answer>;

// The parameter "emailaddress" if it is given and not empty. Else the host, with a label of the publishing protocols
// cut off ("autoconfig.", …). A host that can be no mail domain (an address literal, "localhost", none at all) stands
// for the only definition there is. A domain that is not served is refused as Domains::find() does, never answered with
// another one's.
SubjectOrRefusal by_address_or_host(const Request& request, const Domains& domains);

// The host alone, by the same rule.
SubjectOrRefusal by_host(const Request& request, const Domains& domains);

// The host is `label`, a dot and the domain; no other host will do.
SubjectOrRefusal by_label(std::string_view label, const Request& request, const Domains& domains);

// The domain is `name`, a segment of the path; an address in the query is not looked at.
SubjectOrRefusal by_name(std::string_view name, const Domains& domains);

}  // namespace mailconf::server
