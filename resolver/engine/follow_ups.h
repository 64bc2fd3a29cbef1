// What is asked because something was found, beside the search for more: whether the domain vouches for its mail
// exchanger, and where an issuer gives out tokens. Settings are there before it; the end waits for it as long as for a
// better source.
#pragma once

#include <vector>

#include "engine/state.h"

namespace mailconf {

// What would help `finding`, as it stands.
std::vector<FollowUp> follow_ups_of(const State& state, const Finding& finding);

// A follow-up of `finding` is under way.
bool is_followed_up(const State& state, const Finding& finding);

// Says that the MX records are vouched for (RFC 8461); nothing when they are not.
std::optional<std::string> vouching(const State& state, const Finding& finding);

}  // namespace mailconf
