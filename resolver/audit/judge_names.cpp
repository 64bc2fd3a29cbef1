// The domain itself, its MX records, wildcards (RFC 4592), and what earlier hosts have left behind.
#include <algorithm>
#include <array>
#include <fmt/core.h>

#include "audit/judges.h"
#include "audit/places.h"
#include "audit/roads.h"
#include "model/text.h"
#include "sources/mx_domains.h"

namespace mailconf::audit {
namespace {

bool goes_below(const Gathered& gathered, std::initializer_list<std::string_view> suffixes) {
  const auto* mx = gathered.dns(mx_question(gathered.domain()));
  return mx && std::ranges::any_of(mx->mx, [&](const MxRecord& record) {
           return std::ranges::any_of(suffixes, [&](std::string_view end) { return record.exchange.ends_with(end); });
         });
}

void judge_failures(const Gathered& gathered, Findings& findings) {
  for (const auto& question : gathered.in_order()) {
    const auto* asked = std::get_if<DnsQuestion>(&question);
    const auto* failure = asked ? gathered.failure(question) : nullptr;
    const bool failed =
        failure && (failure->kind == FailureKind::dns_failure || failure->kind == FailureKind::dns_timeout);
    if (failed) return findings.add("dns-failure", asked->name, failure->detail, {evidence(gathered, question)});
  }
}

void judge_mx(const Gathered& gathered, Findings& findings) {
  const auto& domain = gathered.domain();
  const Question question = mx_question(domain);
  const auto* mx = gathered.dns(question);
  if (!mx) return;
  const auto seen = std::vector{evidence(gathered, question)};
  const bool null = !mx->mx.empty() && std::ranges::all_of(mx->mx, [](auto& each) { return each.exchange.empty(); });
  if (null) {
    findings.add("mx-null", domain.ascii(), "its MX record is \"0 .\" (RFC 7505)", seen);
  } else if (mx->mx.empty()) {
    findings.add("mx-missing", domain.ascii(), "clients that look for the provider by its MX host find none", seen);
  }
}

void judge_wildcards(const Gathered& gathered, Findings& findings) {
  const auto nobody = nobodys_name(gathered.domain());
  const Question addresses = addresses_of(nobody);
  const Question texts = texts_of(nobody);
  const auto subject = "*." + gathered.domain().ascii();
  if (const auto* dns = gathered.dns(addresses); dns && !dns->addresses.empty())
    findings.add("wildcard-address", subject, "names that nobody meant, such as autodiscover., lead to some web server",
                 {evidence(gathered, addresses)});
  if (const auto* dns = gathered.dns(texts); dns && !dns->txt.empty())
    findings.add("wildcard-text", subject, "it answers for _ua-auto-config and other labels, too",
                 {evidence(gathered, texts)});
}

void judge_target(const Gathered& gathered, const std::string& host, const Question& question, Findings& findings,
                  const std::string& subject) {
  if (host == "cpanelemaildiscovery.cpanel.net")
    findings.add("leftover-cpanel", subject, "it leads to " + host, {evidence(gathered, question)});
  const bool microsoft = host == "outlook.com" || host.ends_with(".outlook.com") || host.ends_with(".office365.com");
  if (microsoft && !goes_below(gathered, {".outlook.com", ".mx.microsoft", ".office365.com"}))
    findings.add("leftover-microsoft", subject, fmt::format("it leads to {}, which takes no mail of the domain", host),
                 {evidence(gathered, question), evidence(gathered, Question{mx_question(gathered.domain())})});
}

void judge_txt(const Gathered& gathered, Findings& findings) {
  const Question question = texts_of(gathered.domain().ascii());
  const auto* dns = gathered.dns(question);
  if (!dns) return;
  for (const auto& text : dns->txt) {
    if (to_lower(text).starts_with("mailconf=http:"))
      findings.add("txt-url-insecure", gathered.domain().ascii(), "who follows it can be given other settings",
                   {evidence(gathered, question)});
  }
}

}  // namespace

bool judge_existence(const Gathered& gathered, Findings& findings) {
  const auto& domain = gathered.domain();
  const Question question = mx_question(domain);
  const auto* mx = gathered.dns(question);
  if (!mx || mx->exists) return true;
  findings.add("domain-missing", domain.ascii(), "the DNS does not know it", {evidence(gathered, question)});
  return false;
}

void judge_names(const Gathered& gathered, Findings& findings) {
  judge_failures(gathered, findings);
  judge_mx(gathered, findings);
  judge_wildcards(gathered, findings);
  judge_txt(gathered, findings);
}

void judge_leftovers(const Gathered& gathered, Findings& findings) {
  const auto& domain = gathered.domain();
  const auto record = service_at(domain, "_autodiscover");
  if (const auto* srv = gathered.dns(record)) {
    for (const auto& each : srv->srv) {
      judge_target(gathered, each.target, record, findings, record.name);
      if (!each.target.empty() && each.port != 443)
        findings.add("autodiscover-srv-port", record.name, fmt::format("the record names port {}", each.port),
                     {evidence(gathered, Question{record})});
    }
  }
  for (const auto& place : autodiscover_places(domain)) {
    const auto road = road_from(gathered, place);
    if (road.hops.size() < 2) continue;
    judge_target(gathered, road.hops.back().url.host, Question{road.hops.front()}, findings,
                 place.url.text_without_query());
  }
  const auto misspelt = service_at(domain, "_autodiscovery");
  if (const auto* srv = gathered.dns(misspelt); srv && !srv->srv.empty())
    findings.add("autodiscover-srv-misspelt", misspelt.name, "no client asks for it",
                 {evidence(gathered, Question{misspelt})});
}

}  // namespace mailconf::audit
