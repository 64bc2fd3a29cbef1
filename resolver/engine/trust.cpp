#include "engine/trust.h"

#include <algorithm>
#include <array>
#include <fmt/core.h>

#include "sources/follow_ups.h"
#include "sources/mx_domains.h"

namespace mailconf {
namespace {

// Where the hosts of Microsoft's mail service send clients that ask about a customer's domain. The page that does so
// was fetched from the domain's own host.
constexpr std::array<std::string_view, 3> known_hops{"autodiscover-s.outlook.com", "autodiscover-s.partner.outlook.cn",
                                                     "outlook.office365.com"};

bool belongs_to(const std::string& host, const DomainName& domain) {
  const auto name = DomainName::parse(host);
  return name && (name->within(domain) || same_registrable_domain(*name, domain));
}

bool is_known_hop(const Url& hop) { return hop.https && std::ranges::find(known_hops, hop.host) != known_hops.end(); }

// The domain says so itself, at its own host and over HTTPS all the way.
bool is_told_at_home(const EvidenceLink& link, const DomainName& domain) {
  const auto is_own = [&](const Url& url) { return url.https && belongs_to(url.host, domain); };
  const auto* page = std::get_if<HttpQuestion>(&link.question);
  return page && is_own(page->url) &&
         std::ranges::all_of(link.redirects, [&](const Url& hop) { return is_own(hop) || is_known_hop(hop); });
}

bool is_dns(const EvidenceLink& link) { return std::holds_alternative<DnsQuestion>(link.question); }

bool is_record(const EvidenceLink& link, RecordType type) {
  const auto* dns = std::get_if<DnsQuestion>(&link.question);
  return dns && dns->type == type;
}

bool is_text_at(const EvidenceLink& link, std::string_view label) {
  return is_record(link, RecordType::txt) && std::get<DnsQuestion>(link.question).name.starts_with(label);
}

// A digest of PACC is judged by what it is the digest of; the document comes from the domain's own host in any case.
bool is_digest(const EvidenceLink& link) { return is_text_at(link, "_ua-auto-config."); }
// The announcement of an MTA-STS policy is judged by the policy.
bool is_announcement(const EvidenceLink& link) { return is_text_at(link, "_mta-sts."); }

// RFC 8461: the domain says over HTTPS, at its own name, which hosts take its mail.
bool has_policy(const std::vector<EvidenceLink>& evidence, const DomainName& domain) {
  const Question policy = mta_sts_policy_question(domain);
  return std::ranges::any_of(evidence, [&](const auto& link) { return link.question == policy; });
}

// DNS had a say in the finding, and every word of it was validated, or vouched for by the domain's own policy.
bool by_authentic_dns(const std::vector<EvidenceLink>& evidence, const DomainName& domain) {
  const bool mx_is_vouched_for = has_policy(evidence, domain);
  const auto is_sound = [&](const EvidenceLink& link) {
    return !is_dns(link) || link.authentic || is_announcement(link) ||
           (mx_is_vouched_for && link.question == Question{mx_question(domain)});
  };
  return std::any_of(evidence.begin(), evidence.end(), is_dns) && std::ranges::all_of(evidence, is_sound);
}

// Weighs one link after the other; every doubt is kept, the gravest decides.
class Scales {
 public:
  Scales(const std::vector<EvidenceLink>& evidence, const Subject& subject)
      : evidence_(evidence), subject_(subject), authentic_(by_authentic_dns(evidence, subject.domain)) {}

  // The settings came in a document: its hosts may be anywhere, the way to the document counts. A host that only a DNS
  // record named is as good as that record.
  Judgement document() && {
    for (const auto& link : evidence_) {
      if (is_dns(link)) weigh_record(link);
      if (const auto* http = std::get_if<HttpQuestion>(&link.question)) weigh_page(http->url, link.redirects);
    }
    return std::move(judgement_);
  }

  // The settings came from DNS records or from trying ports: a server at the domain's own name proves itself by its
  // certificate, any other name is as good as the DNS answer that holds it.
  Judgement records(const std::vector<Server>& servers) && {
    for (const auto& server : servers) {
      if (belongs_to(server.hostname, subject_.domain) || authentic_) continue;
      doubt(Trust::confirm, fmt::format("{} is named by DNS records that are not signed", server.hostname));
    }
    return std::move(judgement_);
  }

 private:
  void doubt(Trust trust, std::string clause) {
    judgement_.trust = std::min(judgement_.trust, trust);
    auto& doubts = judgement_.doubts;
    if (std::find(doubts.begin(), doubts.end(), clause) == doubts.end()) doubts.push_back(std::move(clause));
  }

  void weigh_record(const EvidenceLink& link) {
    if (authentic_ || link.authentic || is_digest(link) || is_announcement(link)) return;
    doubt(Trust::confirm, fmt::format("the DNS record {} is not signed", target(link.question)));
  }

  void weigh_page(const Url& url, const std::vector<Url>& redirects) {
    const auto name = DomainName::parse(url.host);
    // What stands above or beside the mail domain may be in other hands.
    const bool is_outside = name && !name->within(subject_.domain) && same_registrable_domain(*name, subject_.domain);
    if (is_outside && !authentic_) doubt(Trust::confirm, fmt::format("{} is not below the mail domain", url.host));
    weigh_hop(url, authentic_, "was asked");
    for (const auto& hop : redirects) {
      const bool same_party = hop.https && hop.host == url.host;
      if (!same_party && !is_known_hop(hop)) weigh_hop(hop, false, "was redirected to");
    }
  }

  void weigh_hop(const Url& url, bool vouched, std::string_view verb) {
    if (!url.https) return doubt(Trust::insecure, fmt::format("{} {} without encryption", url.host, verb));
    const bool is_database = subject_.ispdb && subject_.ispdb->host == url.host;
    if (vouched || is_database || belongs_to(url.host, subject_.domain)) return;
    doubt(Trust::confirm, fmt::format("{} {}, which is not of the mail domain", url.host, verb));
  }

  const std::vector<EvidenceLink>& evidence_;
  const Subject& subject_;
  bool authentic_;
  Judgement judgement_;
};

template <class Kind>
bool any_of_kind(const std::vector<EvidenceLink>& evidence) {
  return std::ranges::any_of(evidence, [](const auto& link) { return std::holds_alternative<Kind>(link.question); });
}

}  // namespace

Judgement trust_of(const std::vector<EvidenceLink>& evidence, const Subject& subject,
                   const std::vector<Server>& servers) {
  for (const auto& server : servers) {
    if (!is_tcp(server.type) || server.socket_type != SocketType::plain) continue;
    return {Trust::insecure, {fmt::format("{} is not encrypted", server.hostname)}};
  }
  const bool by_srv = std::ranges::any_of(evidence, [](const auto& link) { return is_record(link, RecordType::srv); });
  // A document that an SRV record led to is as good as that record, whatever servers it names.
  const bool by_records = any_of_kind<ProbeQuestion>(evidence) || (by_srv && !any_of_kind<HttpQuestion>(evidence));
  Scales scales(evidence, subject);
  return by_records ? std::move(scales).records(servers) : std::move(scales).document();
}

Trust trust_of_service(const std::vector<EvidenceLink>& evidence, const Subject& subject, const std::string& host) {
  const bool at_home = !evidence.empty() && is_told_at_home(evidence.front(), subject.domain);
  const bool sound = at_home || belongs_to(host, subject.domain) || by_authentic_dns(evidence, subject.domain);
  return sound ? Trust::authenticated : Trust::confirm;
}

}  // namespace mailconf
