// What comes of a run that is written down: its result, and all that was asked and answered for it, a text without the
// local part of the address and without any password, to be replayed where there is no such network.
#pragma once

#include <string>
#include <vector>

#include "mailconf/login.h"
#include "mailconf/report.h"
#include "mailconf/simulate.h"

namespace mailconf {

struct Recorded {
  Report report;
  std::string recording;
};
struct RecordedPorts {
  std::vector<ProbedPort> ports;
  std::string recording;
};
struct RecordedLogins {
  std::vector<LoginAttempt> attempts;
  std::string recording;
};
struct RecordedPredictions {
  std::vector<Prediction> predictions;
  std::string recording;
};

// What a recording is of; a resolution may have logins behind it.
enum class RecordedRun { resolution, ports, audit, simulation };

}  // namespace mailconf
