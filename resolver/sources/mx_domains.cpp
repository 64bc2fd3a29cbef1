#include "sources/mx_domains.h"

#include <algorithm>
#include <fmt/core.h>
#include <utility>

#include "sources/provider_data.h"

namespace mailconf {
namespace {

std::vector<DomainName> domains_of(const DomainName& host, const DomainName& base) {
  std::vector<DomainName> domains;
  const auto full = host.parent();
  if (full && *full != base && full->within(base)) domains.push_back(*full);
  domains.push_back(base);
  return domains;
}

std::optional<std::string> filter(const DomainName& host, const Subject& subject) {
  return subject.providers ? subject.providers->gateway(host) : std::nullopt;
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

std::optional<DomainName> best_mx_host(const Answer& answer, const Subject& subject) {
  auto mx = mx_hosts(answer);
  std::erase_if(mx.hosts, [&](const DomainName& host) { return filter(host, subject).has_value(); });
  return mx.hosts.empty() ? std::nullopt : std::optional(std::move(mx.hosts.front()));
}

MxDomains mx_domains(const Answer& answer, const Subject& subject) {
  const auto mx = mx_hosts(answer);
  if (mx.hosts.empty()) return {mx.verdict, {}};
  const auto host = best_mx_host(answer, subject);
  if (!host) {
    const auto& first = mx.hosts.front();
    return {{Outcome::absent, fmt::format("mail goes to {}, a filter ({}) that says nothing of the mailbox",
                                          first.ascii(), *filter(first, subject))},
            {}};
  }
  const auto& own = subject.domain;
  const auto base = registrable_domain(*host);
  if (!base) return {{Outcome::absent, "the MX host " + host->ascii() + " belongs to no provider"}, {}};
  if (*base == own || base == registrable_domain(own)) {
    return {{Outcome::skipped, "the mail stays at the domain's own " + host->ascii()}, {}};
  }
  return {{Outcome::found, "mail goes to " + host->ascii()}, domains_of(*host, *base)};
}

}  // namespace mailconf
