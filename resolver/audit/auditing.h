// One domain as a state machine: asks what is wanted until there is nothing more to ask, then judges. It does no I/O
// and has no clock: it is told what came back and what time it is.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "audit/gathered.h"
#include "mailconf/audit.h"
#include "network/network.h"

namespace mailconf::audit {

struct AuditOrders {
  struct Start {
    std::uint32_t number;
    Question question;
    Instant deadline;
  };
  std::vector<Start> start;
  bool finished = false;  // nothing is outstanding
};

class Auditing {
 public:
  // `deadline`: of the whole audit, from begin().
  Auditing(DomainName domain, Day today, Duration deadline, AuditObserver observer = {});

  AuditOrders begin(Instant now);
  AuditOrders on_answer(std::uint32_t number, const Answer& answer, Instant now);
  // The numbers that are outstanding and will not be answered.
  std::vector<std::uint32_t> abort(Instant now);

  // Once finished, or after abort().
  [[nodiscard]] Audit audit() const;

 private:
  AuditOrders ask_what_is_wanted(Instant now);

  Gathered gathered_;
  Duration deadline_;
  AuditObserver observer_;
  Instant began_{};
  Instant ended_{};
  std::uint32_t next_ = 0;
  std::map<std::uint32_t, Question> open_;
  std::string incomplete_;
};

}  // namespace mailconf::audit
