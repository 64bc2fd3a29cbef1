// What a shell sees.
#pragma once

#include <vector>

#include "mailconf/login.h"
#include "mailconf/report.h"
#include "mailconf/simulate.h"

namespace mailconf::cli {

constexpr int kUsable = 0;
constexpr int kNothing = 1;       // definitely
constexpr int kBadUsage = 2;      // or bad input
constexpr int kNotEnough = 3;     // partial, insecure, needs credentials, or less trust than required
constexpr int kCouldNotTell = 4;  // network trouble, deadline, interrupted

int exit_status(const Report& report, Trust required);
// Of one host: usable when a port is proven under TLS.
int exit_status(const std::vector<ProbedPort>& ports);
// Usable when one signed in for reading and one for sending, and none was refused.
int exit_status(const std::vector<LoginAttempt>& attempts);
// Of one client: usable when its servers are encrypted, and nobody on the way could have named them. Where nobody
// answered it, it is not known what it would find.
int exit_status(const Prediction& prediction);
// Of several addresses or hosts: usable only when all are.
int worse(int a, int b);

}  // namespace mailconf::cli
