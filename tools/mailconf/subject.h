// Whom a line or an operand is about.
#pragma once

#include <string>

#include "mailconf/resolver.h"

namespace mailconf::cli {

// An address, or a domain where there is no "@".
Result<AddressOrDomain> read_subject(const std::string& text);
// What comes of a text that is neither.
Report bad_input(const std::string& text, const Error& error);

}  // namespace mailconf::cli
