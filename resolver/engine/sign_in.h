// OAuth2 is a way to sign in only where a client can learn who gives out the tokens: from the settings themselves, or
// from what is known of the server's host.
#pragma once

#include "engine/state.h"
#include "sources/provider_data.h"

namespace mailconf {

// Completes the finding's OAuth2 facts, takes OAuth2 away from servers whose tokens nobody is known to give out, and
// sets aside those that then have no way to sign in left. `providers` may be null.
void settle_sign_in(Finding& finding, const ProviderData* providers);

}  // namespace mailconf
