// The database of automx2, in a file of SQLite.
#pragma once

#include <string>

#include "server/import/imported.h"

namespace mailconf::server {

// Domains with equal settings of one provider become one definition. The file is read and not changed.
void import_automx2(const std::string& file, Imports& imports);

}  // namespace mailconf::server
