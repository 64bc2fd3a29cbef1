// mailconfd --check: everything is read as at a start, and nothing is served.
#pragma once

#include "server/configuration.h"
#include "server/problem.h"

namespace mailconf::server {

// The problems of definitions and certificates.
Problems check(const Configuration& configuration);

}  // namespace mailconf::server
