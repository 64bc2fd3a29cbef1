// mailconfd --check: everything is read as at a start, and nothing is served.
#pragma once

#include "server/configuration.h"
#include "server/problem.h"
#include "server/snapshot.h"

namespace mailconf::server {

// The problems of definitions, certificates, sources of user names, and of the folder of challenges.
Problems check(const Configuration& configuration);

// What the configuration asks for and the definitions make no use of.
Problems check_agreement(const Configuration& configuration, const Snapshot& snapshot);

}  // namespace mailconf::server
