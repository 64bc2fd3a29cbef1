// mailconfd --check: everything is read as at a start, and nothing is served.
#pragma once

#include "server/configuration.h"
#include "server/problem.h"
#include "server/snapshot.h"

namespace mailconf::server {

// The problems of definitions and certificates.
Problems check(const Configuration& configuration);

// What the configuration asks for and the definitions make no use of.
Problems check_agreement(const Configuration& configuration, const Snapshot& snapshot);

}  // namespace mailconf::server
