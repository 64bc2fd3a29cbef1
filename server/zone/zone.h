// The DNS records that a domain should have, so that every client finds what is published for it.
#pragma once

#include <string>
#include <vector>

#include "server/published_domain.h"
#include "server/zone/certificate_pin.h"

namespace mailconf::server {

struct DnsRecord {
  std::string name;  // absolute, without a trailing dot
  std::string type;  // "CNAME", "SRV", "TXT" or "TLSA"
  std::string data;  // as in a zone file, names absolute with their dot

  auto operator<=>(const DnsRecord&) const = default;
};

struct ZoneWishes {
  std::string host;                  // of this server, without a trailing dot; empty: what leads to it is left out
  std::vector<CertificatePin> pins;  // of mail servers, for TLSA records (RFC 7672)
};

// Names that lead to the server, then services with "." for those that are not offered (RFC 6186 §3.4), then what
// vouches for documents, then TLSA. Nobody's record stands twice.
std::vector<DnsRecord> zone_of(const PublishedDomain& domain, const ZoneWishes& wishes);

// The part without which a document is not believed.
std::vector<DnsRecord> vouching_records(const PublishedDomain& domain);

// The names in the domain that must lead to this server.
std::vector<std::string> names_of_server(const PublishedDomain& domain);

}  // namespace mailconf::server
