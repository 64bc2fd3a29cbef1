// The text of a file of data/clients to facts.
#pragma once

#include <string_view>

#include "clients/facts.h"
#include "mailconf/result.h"

namespace mailconf::clients {

// Errors name the line or the key. Every key must be known.
Result<Facts> read_facts(std::string_view name, std::string_view toml);

}  // namespace mailconf::clients
