// What a SASL mechanism means to a client.
#pragma once

#include <optional>
#include <string_view>

#include "mailconf/settings.h"

namespace mailconf {

// "PLAIN", "XOAUTH2", "SCRAM-SHA-256-PLUS", … in any letter case; nothing for a mechanism that no client uses.
std::optional<Authentication> authentication_of_mechanism(std::string_view mechanism);

}  // namespace mailconf
