// Documents about the provider that a domain's mail goes to: what mx-autoconfig and mx-ispdb share.
#pragma once

#include <functional>

#include "sources/source.h"

namespace mailconf {

// Asks for the MX records, then for the document at `url_of` of each MX domain, both at once. The more specific
// domain's document is preferred, and waited for, so that the order of arrival does not matter. The address is never
// sent.
std::unique_ptr<Source> make_mx_documents_source(const Subject& subject, std::function<Url(const DomainName&)> url_of,
                                                 DomainCheck check);

}  // namespace mailconf
