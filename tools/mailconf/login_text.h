// What came of signing in, and what can be done about it.
#pragma once

#include <string>
#include <vector>

#include "mailconf/login.h"
#include "style.h"

namespace mailconf::cli {

std::string login_text(const std::vector<LoginAttempt>& attempts, const Style& style);

}  // namespace mailconf::cli
