// The exchanges, and what they share.
#pragma once

#include "sasl/sasl.h"

namespace mailconf {

std::unique_ptr<SaslExchange> make_plain(SaslUser user);         // RFC 4616
std::unique_ptr<SaslExchange> make_login(SaslUser user);         // draft-murchison-sasl-login
std::unique_ptr<SaslExchange> make_scram_sha1(SaslUser user);    // RFC 5802
std::unique_ptr<SaslExchange> make_scram_sha256(SaslUser user);  // RFC 7677
std::unique_ptr<SaslExchange> make_oauthbearer(SaslUser user);   // RFC 7628
std::unique_ptr<SaslExchange> make_xoauth2(SaslUser user);       // Google's own

// A name in a list that is separated by commas (RFC 5801 §4, RFC 5802 §5.1).
std::string escaped_name(std::string_view name);

}  // namespace mailconf
