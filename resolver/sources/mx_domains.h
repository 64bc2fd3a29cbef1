// Which provider takes a domain's mail, as far as its MX records tell.
#pragma once

#include <vector>

#include "sources/source.h"

namespace mailconf {

DnsQuestion mx_question(const DomainName& domain);

struct MxHosts {
  Verdict verdict;                // on the MX answer; a null MX (RFC 7505) is an absence
  std::vector<DomainName> hosts;  // never empty when found, always else
};

// In order of preference (RFC 5321 §5.1); among equals by name, so that the choice does not depend on the order of the
// records. A domain without MX records has no such host: that it may take mail itself says nothing about a provider.
MxHosts mx_hosts(const Answer& answer);
// The first of them that is no mail filter.
std::optional<DomainName> best_mx_host(const Answer& answer, const Subject& subject);

struct MxDomains {
  Verdict verdict;                  // on the MX answer
  std::vector<DomainName> domains;  // to be asked for, the more specific one first; empty when there is nothing to ask
};

// The MX host without its first label, where that is longer than its registrable domain, then its registrable domain
// (draft-ietf-mailmaint-autoconfig-06 §3.3). None when the subject's mail stays at its own registrable domain. A mail
// filter is passed over: the next host counts.
MxDomains mx_domains(const Answer& answer, const Subject& subject);

}  // namespace mailconf
