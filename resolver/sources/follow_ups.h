// What is asked because settings were found: not for settings, but about them. Sources in form, which find none of
// their own and are in no catalogue.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "sources/source.h"

namespace mailconf {

// Does the domain vouch, over HTTPS, for the host that its mail goes to (MTA-STS, RFC 8461)? Without proof of that, MX
// records could name anybody. The answer that says so is the one to mta_sts_policy_question(), judged as found.
std::unique_ptr<Source> make_mta_sts_source(const DomainName& domain, const DomainName& mx_host);
Question mta_sts_record_question(const DomainName& domain);
Question mta_sts_policy_question(const DomainName& domain);

// Where an issuer gives out tokens, in its own words (RFC 8414, OpenID Connect Discovery 1.0). What it tells is found
// as settings with nothing but `oauth2`, both endpoints among it. `issuer` is a host name or an https URL.
std::unique_ptr<Source> make_issuer_source(const std::string& issuer);
// Who gives out the tokens that a resource takes (RFC 9728). What it tells is found as settings with nothing but an
// issuer.
std::unique_ptr<Source> make_resource_source(const std::string& url);
// The two spellings of an issuer by host name are one.
bool is_same_issuer(const std::string& a, const std::string& b);

}  // namespace mailconf
