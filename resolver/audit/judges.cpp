#include "audit/judges.h"

#include <iterator>

namespace mailconf::audit {
namespace {

using Judge = void (*)(const Gathered&, Findings&);
constexpr Judge all_judges[] = {
    judge_names,        judge_leftovers, judge_records,   judge_documents, judge_settings,
    judge_autodiscover, judge_protocols, judge_pacc,      judge_mta_sts,   judge_certificates,
    judge_hosts,        judge_servers,   judge_agreement, judge_services,
};

}  // namespace

std::vector<AuditFinding> judge(const Gathered& gathered) {
  Findings findings(gathered.domain());
  if (judge_existence(gathered, findings)) {
    for (const auto each : all_judges) each(gathered, findings);
  }
  return std::move(findings).sorted();
}

}  // namespace mailconf::audit
