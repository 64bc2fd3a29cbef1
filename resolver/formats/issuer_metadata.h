// What an authorization server says of itself (RFC 8414 §2, OpenID Connect Discovery 1.0 §3).
#pragma once

#include <string_view>

#include "mailconf/result.h"
#include "mailconf/settings.h"

namespace mailconf {

// The issuer as the document spells it, endpoints over https alone, all scopes. An error without an endpoint for asking
// the user and one for tokens.
Result<OAuth2> read_issuer_metadata(std::string_view octets);

}  // namespace mailconf
