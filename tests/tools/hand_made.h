// Reports made by hand: one for each way in which a resolution can end.
#pragma once

#include <string>
#include <vector>

#include "mailconf/audit.h"
#include "mailconf/login.h"
#include "mailconf/report.h"
#include "mailconf/simulate.h"

namespace mailconf::hand_made {

Report found();             // proven, everything from the domain itself
Report found_through_mx();  // to be confirmed; servers of another party; different logins
Report partial();           // no outgoing server
Report insecure_only();
Report not_found();
Report services_alone();  // calendars of another party, and no settings of the mail
Report unknown();
Report offline();
Report aborted();
Report needs_credentials();
Report needs_oauth2();
Report no_standard_protocol();
Report bad_input();
Report hostile();  // control characters wherever a stranger can put them
Report not_probed();
// All of these, with their names.
std::vector<std::pair<std::string, Report>> all();

std::vector<ProbedPort> probed();
// One client that finds settings, one that finds none, one that is told in clear and one that was stopped.
std::vector<Prediction> simulated();
// Every outcome once.
std::vector<LoginAttempt> logins();
std::vector<LoginAttempt> hostile_logins();
// One finding of each severity, and nothing to complain about.
Audit audited();
Audit audited_clean();

}  // namespace mailconf::hand_made
