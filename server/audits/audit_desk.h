// Audits of the server's own domains: one at a time of a domain, shared by all who ask for it meanwhile, few at once
// for those who ask, and what came of it told for a while. One that takes longer than they can wait goes on without
// them.
//
// Safe from any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

#include "mailconf/audit.h"
#include "server/limits.h"
#include "server/recently_used.h"

namespace mailconf::server {

struct ToldAudit {
  std::shared_ptr<const std::string> text;  // as data/schema/check.schema.json describes it
  bool complete = true;
  std::chrono::seconds age{0};
};

class AuditDesk {
 public:
  using Instant = std::chrono::steady_clock::time_point;
  using Clock = std::function<Instant()>;
  using Run = std::function<Result<Audit>(const DomainName&, const std::stop_token&)>;
  using Report = std::function<void(const DomainName&, const Result<Audit>&)>;

  // `report` is told what came of each run that was not cut off, before anybody else is; from any thread.
  AuditDesk(Run run, Report report, const AuditLimits& limits, Clock now);

  // What was found at most so long ago, else what is found now. Nothing when there are too many to wait for, when it
  // takes longer than the limits allow, when the audit cannot be made, and after stop().
  std::optional<ToldAudit> ask(const DomainName& domain, std::chrono::seconds no_older_than);

  // In any case what is found now, though others may have begun to find it; ends soon after a stop was requested.
  void renew(const DomainName& domain, const std::stop_token& stop);

  // Ends what is under way for those who ask, and every wait of theirs.
  void stop();

  // Those who ask and wait.
  [[nodiscard]] std::size_t waiting() const;

 private:
  struct Kept {
    std::shared_ptr<const std::string> text;
    bool complete = true;
    Instant since;
  };
  struct Running {
    bool done = false;
    std::optional<Kept> found;
  };
  // An audit for those who ask has a thread of its own.
  struct Helper {
    std::shared_ptr<const Running> running;
    std::jthread thread;
  };
  using Lock = std::unique_lock<std::mutex>;

  [[nodiscard]] std::optional<Kept> kept(const DomainName& domain, std::chrono::seconds no_older_than);
  [[nodiscard]] std::shared_ptr<const Running> under_way(const DomainName& domain) const;
  std::shared_ptr<const Running> begin(const DomainName& domain);
  void carry_out(const DomainName& domain, Running& running, const std::stop_token& stop);
  [[nodiscard]] std::optional<Kept> find_now(const DomainName& domain, const std::stop_token& stop) const;
  [[nodiscard]] std::optional<ToldAudit> told(const std::optional<Kept>& found) const;

  const Run run_;
  const Report report_;
  const AuditLimits limits_;
  const Clock now_;
  std::stop_source stop_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  RecentlyUsed<std::string, Kept> kept_;
  std::map<DomainName, std::shared_ptr<Running>> under_way_;
  std::size_t waiting_ = 0;
  std::list<Helper> helpers_;
};

}  // namespace mailconf::server
