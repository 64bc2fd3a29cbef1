// Which provider takes a domain's mail, as far as its MX records tell.
#pragma once

#include <vector>

#include "sources/source.h"

namespace mailconf {

DnsQuestion mx_question(const DomainName& domain);

// The MX host of the best preference (the first by name among equals, so that the choice does not depend on the order
// of the records), or nothing when there is none, or only a null MX (RFC 7505).
std::optional<DomainName> best_mx_host(const Answer& answer);

struct MxDomains {
  Verdict verdict;                  // on the MX answer
  std::vector<DomainName> domains;  // to be asked for, the more specific one first; empty when there is nothing to ask
};

// The MX host without its first label, where that is longer than its registrable domain, then its registrable domain
// (draft-ietf-mailmaint-autoconfig-06 §3.3). None when the domain's mail stays at its own registrable domain.
MxDomains mx_domains(const Answer& answer, const DomainName& own);

}  // namespace mailconf
