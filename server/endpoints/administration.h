// What monitors, balancers and operators ask at the listener of [admin].
#pragma once

#include "server/answer.h"
#include "server/audits/audits.h"
#include "server/operation/metrics.h"
#include "server/publication.h"

namespace mailconf::server {

struct Administration {
  const Metrics& metrics;
  const Publication& publication;
  Audits& audits;
};

// Is the process alive and able to answer?
Answer health(const Administration& administration);

// Has it settings to answer with? 503 until the store could be read; afterwards 200, also while the store is away and
// memory serves, with words about it.
Answer readiness(const Administration& administration);

Answer metrics(const Administration& administration);

}  // namespace mailconf::server
