#include "sources/mx_domains.h"

#include <algorithm>
#include <tuple>

namespace mailconf {
namespace {

std::vector<DomainName> domains_of(const DomainName& host, const DomainName& base) {
  std::vector<DomainName> domains;
  const auto full = host.parent();
  if (full && *full != base && full->within(base)) domains.push_back(*full);
  domains.push_back(base);
  return domains;
}

}  // namespace

DnsQuestion mx_question(const DomainName& domain) { return {RecordType::mx, domain.ascii()}; }

std::optional<DomainName> best_mx_host(const Answer& answer) {
  const auto* dns = std::get_if<DnsAnswer>(&answer);
  if (!dns) return std::nullopt;
  std::optional<DomainName> best;
  std::uint16_t preference = 0;
  for (const auto& record : dns->mx) {
    const auto host = DomainName::parse(record.exchange);
    if (!host) continue;
    if (best && std::tie(preference, *best) <= std::tie(record.preference, *host)) continue;
    best = *host;
    preference = record.preference;
  }
  return best;
}

MxDomains mx_domains(const Answer& answer, const DomainName& own) {
  const Verdict verdict = judge(answer);
  if (verdict.outcome != Outcome::found) return {verdict, {}};
  const auto host = best_mx_host(answer);
  if (!host) return {{Outcome::unknown, "no MX record names a host"}, {}};
  const auto base = registrable_domain(*host);
  if (!base) return {{Outcome::absent, "the MX host " + host->ascii() + " belongs to no provider"}, {}};
  if (*base == own || base == registrable_domain(own)) {
    return {{Outcome::skipped, "the mail stays at the domain's own " + host->ascii()}, {}};
  }
  return {{Outcome::found, "mail goes to " + host->ascii()}, domains_of(*host, *base)};
}

}  // namespace mailconf
