// OAuth2 is a way to sign in only where a client can learn who gives out the tokens: from the settings themselves, or
// from what is known of the server's host.
#pragma once

#include "engine/state.h"
#include "sources/provider_data.h"

namespace mailconf {

// Completes the finding's OAuth2 facts, takes OAuth2 away from servers whose tokens nobody is known to give out, and
// sets aside those that then have no way to sign in left. `providers` may be null.
void settle_sign_in(Finding& finding, const ProviderData* providers);

// The issuer that has to say itself where it gives out tokens, because some server takes them and nobody else says.
std::optional<std::string> issuer_to_ask(const Finding& finding);

// The resource that has to say itself who gives out the tokens that it takes, because nobody else does: a server or a
// service that is reached by a URL.
std::optional<std::string> resource_to_ask(const Finding& finding);

// Adds what the resource and the issuer say of themselves to what is known. Nothing that is known is replaced.
void complete_sign_in(Finding& finding, const std::map<std::string, OAuth2, std::less<>>& told);

}  // namespace mailconf
