// Where a domain may publish: the questions that every audit begins with.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "protocol/question.h"

namespace mailconf::audit {

// ---- documents

HttpQuestion autoconfig_place(const DomainName& domain, bool https);
HttpQuestion well_known_place(const DomainName& domain, bool https);
// All four of autoconfig, the better ones first.
std::vector<HttpQuestion> autoconfig_places(const DomainName& domain);
// The same with an address in the query: of postmaster, for servers that answer nobody without one.
HttpQuestion with_address(HttpQuestion question, const DomainName& domain);

// Autodiscover by POST at a host.
HttpQuestion autodiscover_place(const DomainName& domain, const std::string& host, bool https, std::uint16_t port = 0);
// The two hosts over https, then the first over http.
std::vector<HttpQuestion> autodiscover_places(const DomainName& domain);
// At the first host, as others spell the path, and the form in JSON.
HttpQuestion autodiscover_other_case(const DomainName& domain);
HttpQuestion autodiscover_json_place(const DomainName& domain);

HttpQuestion pacc_place(const DomainName& domain);
HttpQuestion mta_sts_place(const DomainName& domain);
// "/.well-known/caldav" and the like.
HttpQuestion well_known_service(const DomainName& domain, std::string_view path);

// ---- records

DnsQuestion addresses_of(std::string name);
DnsQuestion texts_of(std::string name);
DnsQuestion service_at(const DomainName& domain, std::string_view label);
// A name that nobody has: what answers for it answers for all.
std::string nobodys_name(const DomainName& domain);

// Labels beside those of the mail that are looked at.
inline constexpr std::string_view service_labels[] = {"_caldavs", "_caldav",       "_carddavs",      "_carddav",
                                                      "_jmap",    "_autodiscover", "_autodiscovery", "_sieve"};
inline constexpr std::string_view service_paths[] = {"/.well-known/caldav", "/.well-known/carddav",
                                                     "/.well-known/jmap"};

}  // namespace mailconf::audit
