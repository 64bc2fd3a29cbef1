// What a level of trust asks of the user, in words.
#pragma once

#include <string>

#include "mailconf/report.h"

namespace mailconf::cli {

std::string trust_words(const Report& report);

}  // namespace mailconf::cli
