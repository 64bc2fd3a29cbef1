// What the library's own writers and the XML library write.
#pragma once

#include <string>

#include "exports/account.h"

namespace mailconf::exports {

Result<std::string> write_autoconfig(const Account& account);
Result<std::string> write_settings(const Account& account);
Result<std::string> write_mobileconfig(const Account& account);

}  // namespace mailconf::exports
