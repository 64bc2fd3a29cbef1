#include "server/audits/audit_metrics.h"

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace mailconf::server {
namespace {

using prometheus::Gauge;
using Gauges = prometheus::Family<Gauge>;

// From a domain that answers at once to one whose hosts all keep silent.
const prometheus::Histogram::BucketBoundaries audit_seconds{0.25, 0.5, 1, 2, 4, 6, 8, 12};

Gauges& gauges(prometheus::Registry& registry, const char* name, const char* help) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(registry);
}

double seconds_since_1970(std::chrono::system_clock::time_point time) {
  return std::chrono::duration<double>(time.time_since_epoch()).count();
}

std::string_view outcome_of(const Result<Audit>& audit) {
  if (!audit) return "failed";
  return audit->complete ? "complete" : "incomplete";
}

// What is known at the moment of asking.
class State {
 public:
  State(const AuditLedger& ledger, const std::vector<DomainName>& listed) {
    const auto totals = ledger.totals();
    domains_.Add({}).Set(static_cast<double>(totals.domains));
    for (std::size_t i = 0; i < totals.findings.size(); ++i) {
      const auto& check = ledger.checks()[i];
      findings_.Add({{"code", check.code}, {"severity", std::string(to_string(check.severity))}})
          .Set(static_cast<double>(totals.findings[i]));
    }
    if (totals.oldest) oldest_.Add({}).Set(seconds_since_1970(*totals.oldest));
    for (const auto& domain : listed) add(ledger, domain);
  }

  [[nodiscard]] std::string text() const { return prometheus::TextSerializer().Serialize(registry_.Collect()); }

 private:
  void add(const AuditLedger& ledger, const DomainName& domain) {
    for (const auto severity : {mailconf::Severity::error, mailconf::Severity::warning, mailconf::Severity::note}) {
      if (const auto count = ledger.findings(domain, severity))
        of_domains_.Add({{"domain", domain.ascii()}, {"severity", std::string(to_string(severity))}})
            .Set(static_cast<double>(*count));
    }
  }

  prometheus::Registry registry_;
  Gauges& findings_ =
      gauges(registry_, "mailconfd_audit_findings", "What the last audits of the watched domains have found.");
  Gauges& of_domains_ = gauges(registry_, "mailconfd_audit_domain_findings",
                               "The same of each domain that the configuration lists, by severity.");
  Gauges& domains_ = gauges(registry_, "mailconfd_audit_domains", "Watched domains that have been audited completely.");
  Gauges& oldest_ = gauges(registry_, "mailconfd_audit_oldest_timestamp_seconds",
                           "When the watched domain was completely audited that waits the longest (Unix time).");
};

}  // namespace

struct AuditMetrics::Families {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& audits =
      prometheus::BuildCounter()
          .Name("mailconfd_audits_total")
          .Help("Audits: complete, incomplete because not everything could be asked, or failed as a whole.")
          .Register(registry);
  prometheus::Histogram& durations = prometheus::BuildHistogram()
                                         .Name("mailconfd_audit_duration_seconds")
                                         .Help("From the first question of an audit to its last answer.")
                                         .Register(registry)
                                         .Add({}, audit_seconds);
};

AuditMetrics::AuditMetrics() : families_(std::make_unique<Families>()) {
  for (const auto* outcome : {"complete", "incomplete", "failed"}) families_->audits.Add({{"outcome", outcome}});
}
AuditMetrics::~AuditMetrics() = default;

void AuditMetrics::audited(const Result<Audit>& audit) {
  families_->audits.Add({{"outcome", std::string(outcome_of(audit))}}).Increment();
  if (audit) families_->durations.Observe(std::chrono::duration<double>(audit->elapsed).count());
}

std::string AuditMetrics::text(const AuditLedger& ledger, const std::vector<DomainName>& listed) const {
  return prometheus::TextSerializer().Serialize(families_->registry.Collect()) + State(ledger, listed).text();
}

}  // namespace mailconf::server
