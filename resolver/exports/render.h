// A template filled in. Every value is escaped before the template sees it.
#pragma once

#include <string>

#include "exports/account.h"

namespace mailconf::exports {

Result<std::string> render(const Account& account);

}  // namespace mailconf::exports
