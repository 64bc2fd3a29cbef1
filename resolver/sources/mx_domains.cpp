#include "sources/mx_domains.h"

#include <algorithm>
#include <utility>

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

MxHosts mx_hosts(const Answer& answer) {
  MxHosts result{judge(answer), {}};
  const auto* dns = std::get_if<DnsAnswer>(&answer);
  if (!dns || result.verdict.outcome != Outcome::found) return result;
  std::vector<std::pair<std::uint16_t, DomainName>> ranked;
  for (const auto& record : dns->mx) {
    if (const auto host = DomainName::parse(record.exchange)) ranked.emplace_back(record.preference, *host);
  }
  std::sort(ranked.begin(), ranked.end());
  for (auto& [preference, host] : ranked) result.hosts.push_back(std::move(host));
  if (result.hosts.empty()) result.verdict = {Outcome::unknown, "no MX record names a host"};
  return result;
}

std::optional<DomainName> best_mx_host(const Answer& answer) {
  auto mx = mx_hosts(answer);
  return mx.hosts.empty() ? std::nullopt : std::optional(std::move(mx.hosts.front()));
}

MxDomains mx_domains(const Answer& answer, const DomainName& own) {
  const auto mx = mx_hosts(answer);
  if (mx.hosts.empty()) return {mx.verdict, {}};
  const auto& host = mx.hosts.front();
  const auto base = registrable_domain(host);
  if (!base) return {{Outcome::absent, "the MX host " + host.ascii() + " belongs to no provider"}, {}};
  if (*base == own || base == registrable_domain(own)) {
    return {{Outcome::skipped, "the mail stays at the domain's own " + host.ascii()}, {}};
  }
  return {{Outcome::found, "mail goes to " + host.ascii()}, domains_of(host, *base)};
}

}  // namespace mailconf
