#include "engine/trust.h"

#include <algorithm>

namespace mailconf {
namespace {

bool belongs_to(const std::string& host, const DomainName& domain) {
  const auto name = DomainName::parse(host);
  return name && (name->within(domain) || same_registrable_domain(*name, domain));
}

Trust trust_of_hop(const Url& url, const Subject& subject) {
  if (!url.https) return Trust::insecure;
  const bool is_database = subject.ispdb && subject.ispdb->host == url.host;
  return is_database || belongs_to(url.host, subject.domain) ? Trust::authenticated : Trust::confirm;
}

// The host that a source asks of its own accord. What stands above or beside the mail domain may be in other
// hands.
Trust trust_of_asked(const Url& url, const Subject& subject) {
  const auto name = DomainName::parse(url.host);
  const bool is_outside = name && !name->within(subject.domain) && same_registrable_domain(*name, subject.domain);
  return std::min(trust_of_hop(url, subject), is_outside ? Trust::confirm : Trust::authenticated);
}

bool is_dns(const EvidenceLink& link) { return std::holds_alternative<DnsQuestion>(link.question); }

// A text record holds what is judged by itself: an https address by its host, a digest by what it is the digest of.
bool is_text_record(const EvidenceLink& link) {
  const auto* dns = std::get_if<DnsQuestion>(&link.question);
  return dns && dns->type == RecordType::txt;
}

// DNS had a say in the finding, and every word of it was validated.
bool by_authentic_dns(const std::vector<EvidenceLink>& evidence) {
  return std::any_of(evidence.begin(), evidence.end(), is_dns) &&
         std::all_of(evidence.begin(), evidence.end(),
                     [](const auto& link) { return !is_dns(link) || link.authentic; });
}

// The settings came in a document: its hosts may be anywhere, the way to the document counts. A host that only an MX
// record named is as good as that record.
Trust trust_of_document(const std::vector<EvidenceLink>& evidence, const Subject& subject) {
  const bool authentic = by_authentic_dns(evidence);
  Trust trust = Trust::authenticated;
  for (const auto& link : evidence) {
    if (is_dns(link) && !is_text_record(link) && !link.authentic) trust = std::min(trust, Trust::confirm);
    const auto* http = std::get_if<HttpQuestion>(&link.question);
    if (!http) continue;
    const Trust first = trust_of_asked(http->url, subject);
    trust = std::min(trust, authentic && first == Trust::confirm ? Trust::authenticated : first);
    for (const auto& hop : link.redirects) {
      const bool same_party = hop.https && hop.host == http->url.host;
      trust = std::min(trust, same_party ? Trust::authenticated : trust_of_hop(hop, subject));
    }
  }
  return trust;
}

// The settings came from DNS records or from trying ports: a server at the domain's own name proves itself by its
// certificate, any other name is as good as the DNS answer that holds it.
Trust trust_of_records(const std::vector<EvidenceLink>& evidence, const Subject& subject,
                       const std::vector<Server>& servers) {
  const bool own = std::all_of(servers.begin(), servers.end(),
                               [&](const Server& server) { return belongs_to(server.hostname, subject.domain); });
  return own || by_authentic_dns(evidence) ? Trust::authenticated : Trust::confirm;
}

}  // namespace

Trust trust_of(const std::vector<EvidenceLink>& evidence, const Subject& subject, const std::vector<Server>& servers) {
  const bool in_clear = std::any_of(servers.begin(), servers.end(), [](const Server& server) {
    return is_tcp(server.type) && server.socket_type == SocketType::plain;
  });
  if (in_clear) return Trust::insecure;
  const bool by_port = std::any_of(evidence.begin(), evidence.end(), [](const auto& link) {
    return std::holds_alternative<ProbeQuestion>(link.question);
  });
  const bool by_srv = std::any_of(evidence.begin(), evidence.end(), [](const auto& link) {
    const auto* dns = std::get_if<DnsQuestion>(&link.question);
    return dns && dns->type == RecordType::srv;
  });
  // A document that an SRV record led to is as good as that record, whatever servers it names.
  const bool by_document = std::any_of(evidence.begin(), evidence.end(), [](const auto& link) {
    return std::holds_alternative<HttpQuestion>(link.question);
  });
  return by_port || (by_srv && !by_document) ? trust_of_records(evidence, subject, servers)
                                             : trust_of_document(evidence, subject);
}

Trust trust_of_service(const std::vector<EvidenceLink>& evidence, const Subject& subject, const std::string& host) {
  return belongs_to(host, subject.domain) || by_authentic_dns(evidence) ? Trust::authenticated : Trust::confirm;
}

}  // namespace mailconf
