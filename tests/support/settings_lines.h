// Settings in the short form of scenario files, one server a line:
//   "imap imap.example.org 993 SSL", "smtp smtp.example.org 587 STARTTLS OAuth2,password-cleartext %EMAILLOCALPART%"
// Authentication and user name may be left out: password-cleartext, %EMAILADDRESS%.
#pragma once

#include <string>
#include <vector>

#include "mailconf/settings.h"

namespace mailconf::simulated {

// Throws BadScenario with `place`.
Settings settings_from_lines(const std::vector<std::string>& lines, const std::vector<std::string>& domains,
                             const std::string& place);

}  // namespace mailconf::simulated
