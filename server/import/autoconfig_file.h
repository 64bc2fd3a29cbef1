// Autoconfig XML, as Thunderbird reads it and its database of providers keeps it.
#pragma once

#include <string>

#include "server/import/imported.h"

namespace mailconf::server {

// All domains of the file, a definition for each of its providers. One that leaves its domain to the client
// (%EMAILDOMAIN%) is taken for that of its name: "example.org.xml".
void import_autoconfig_file(const std::string& file, Imports& imports);

}  // namespace mailconf::server
