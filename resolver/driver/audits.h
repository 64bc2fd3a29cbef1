// Audits on one network, as many at once as may be under way.
#pragma once

#include <stop_token>

#include "audit/auditing.h"
#include "driver/shared_network.h"
#include "mailconf/audit.h"

namespace mailconf {

struct AuditTerms {
  Duration deadline{};  // of each audit
  audit::Day today;
  AuditObserver observer = {};
};

// `next_owner` numbers the audits and is left behind the last one. What a stop request cuts off is told as incomplete.
void run_audits(TurnNetwork& network, std::uint32_t& next_owner, const AuditBatch& batch, const AuditTerms& terms,
                const std::stop_token& stop);

// One domain, whose audit goes to `result`, which must outlive the batch.
AuditBatch batch_of(const DomainName& domain, Audit& result);

}  // namespace mailconf
