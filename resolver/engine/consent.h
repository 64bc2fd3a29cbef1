// What the caller needs for asking the user: what to show before the settings are used, and how signing in will go.
#pragma once

#include <string>
#include <vector>

#include "engine/state.h"

namespace mailconf {

Consent consent_for(const State& state, const Chosen& chosen, const Configuration& best);
LoginForms login_forms(const Configuration& best, const std::optional<EmailAddress>& address);

// The names to try at a server, in order: what was published, or the address and then its local part (nothing says
// which of them; both are common). None without an address.
std::vector<std::string> names_for(const FoundServer& found, const std::optional<EmailAddress>& address);

}  // namespace mailconf
