// Audits of the domains that this server publishes, and of no others: for administrators who ask, and in the background
// for those who watch the metrics.
#pragma once

#include <optional>

#include "server/audits/audit_desk.h"
#include "server/audits/audit_metrics.h"
#include "server/audits/audit_settings.h"
#include "server/audits/audit_watch.h"
#include "server/current.h"
#include "server/log.h"
#include "server/publication.h"

namespace mailconf::server {

class Audits {
 public:
  // They outlive the object. Nothing is audited before use().
  Audits(const Publication& publication, Log& log, Auditor auditor, const AuditLimits& limits, AuditDesk::Clock now);
  ~Audits() { stop(); }
  Audits(const Audits&) = delete;
  Audits& operator=(const Audits&) = delete;

  // Nothing: none are made any more. A background that has begun with other settings ends before. From one thread, as
  // stop() is.
  void use(const std::optional<AuditSettings>& settings);
  // Ends everything that is under way, and what waits for it. Nothing begins afterwards.
  void stop();

  // The others are safe from any thread.
  [[nodiscard]] bool are_offered() const { return settings_.get() != nullptr; }
  // What was found lately, or just now when it is asked anew; nothing when no audit can be made at this moment. The
  // domain is one of the publication's.
  std::optional<ToldAudit> of(const DomainName& domain, bool anew);
  // Empty when none are offered.
  [[nodiscard]] std::string metrics() const;

 private:
  using Settings = std::shared_ptr<const AuditSettings>;

  [[nodiscard]] Result<Audit> run(const DomainName& domain, const std::stop_token& stop) const;
  void take_down(const DomainName& domain, const Result<Audit>& audit);
  [[nodiscard]] AuditedNames names(const Settings& settings) const;
  [[nodiscard]] Result<std::vector<DomainName>> page_of(const std::vector<DomainName>& listed,
                                                        const std::optional<DomainName>& after, std::size_t most) const;
  void round_begins(const AuditSettings& settings) const;

  const Publication& publication_;
  Log& log_;
  const Auditor auditor_;
  const AuditLimits limits_;
  const AuditDesk::Clock now_;
  Current<AuditSettings> settings_;  // null: none are offered
  bool stopped_ = false;
  AuditMetrics metrics_;
  AuditLedger ledger_{std::chrono::system_clock::now};
  AuditDesk desk_;
  std::optional<AuditWatch> watch_;
};

}  // namespace mailconf::server
