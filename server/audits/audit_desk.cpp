#include "server/audits/audit_desk.h"

#include <algorithm>

namespace mailconf::server {
namespace {

// No failure of one audit is worth more than that it has failed.
Result<Audit> run_of(const AuditDesk::Run& run, const DomainName& domain, const std::stop_token& stop) try {
  return run(domain, stop);
} catch (const std::exception& fault) {
  return fail(ErrorCode::io, domain.ascii(), fault.what());
}

}  // namespace

AuditDesk::AuditDesk(Run run, Report report, const AuditLimits& limits, Clock now)
    : run_(std::move(run)),
      report_(std::move(report)),
      limits_(limits),
      now_(std::move(now)),
      kept_(static_cast<long>(limits.kept)) {}

std::optional<ToldAudit> AuditDesk::ask(const DomainName& domain, std::chrono::seconds no_older_than) {
  Lock lock(mutex_);
  const auto known = kept(domain, no_older_than);
  return told(known ? known : ask(lock, domain));
}

std::optional<AuditDesk::Kept> AuditDesk::ask(Lock& lock, const DomainName& domain) {
  if (stop_.stop_requested()) return std::nullopt;
  if (const auto found = under_way_.find(domain); found != under_way_.end()) {
    if (waiting_ >= limits_.waiting) return std::nullopt;
    ++waiting_;
    auto shared = follow(lock, found->second, stop_.get_token());
    --waiting_;
    return shared;
  }
  if (asking_ >= limits_.at_once) return std::nullopt;
  ++asking_;
  auto own = lead(lock, domain, stop_.get_token());
  --asking_;
  return own;
}

void AuditDesk::renew(const DomainName& domain, const std::stop_token& stop) {
  Lock lock(mutex_);
  const auto found = under_way_.find(domain);
  if (found == under_way_.end())
    lead(lock, domain, stop);
  else
    follow(lock, found->second, stop);
}

std::optional<AuditDesk::Kept> AuditDesk::lead(Lock& lock, const DomainName& domain, const std::stop_token& stop) {
  const auto running = std::make_shared<Running>();
  under_way_.emplace(domain, running);
  lock.unlock();
  auto found = find_now(domain, stop);
  lock.lock();
  if (found) kept_.update(domain, *found);
  running->found = std::move(found);
  running->done = true;
  under_way_.erase(domain);
  changed_.notify_all();
  return running->found;
}

std::optional<AuditDesk::Kept> AuditDesk::follow(Lock& lock, const std::shared_ptr<Running>& running,
                                                 const std::stop_token& stop) {
  const auto own = running;  // that of the caller is forgotten when it is done
  return changed_.wait(lock, stop, [&own] { return own->done; }) ? own->found : std::nullopt;
}

// What a stop request has cut off tells nothing of the domain.
std::optional<AuditDesk::Kept> AuditDesk::find_now(const DomainName& domain, const std::stop_token& stop) const {
  const auto audit = run_of(run_, domain, stop);
  if (stop.stop_requested()) return std::nullopt;
  report_(domain, audit);
  if (!audit) return std::nullopt;
  return Kept{std::make_shared<const std::string>(write_audit_json(*audit, true)), audit->complete, now_()};
}

// What is not all there is to find is asked for again soon.
std::optional<AuditDesk::Kept> AuditDesk::kept(const DomainName& domain, std::chrono::seconds no_older_than) {
  const auto found = kept_.get(domain);
  if (!found) return std::nullopt;
  const auto lifetime = found->complete ? no_older_than : std::min(no_older_than, limits_.again_after);
  return now_() - found->since < lifetime ? std::optional(*found) : std::nullopt;
}

std::optional<ToldAudit> AuditDesk::told(const std::optional<Kept>& found) const {
  if (!found) return std::nullopt;
  return ToldAudit{found->text, found->complete,
                   std::chrono::duration_cast<std::chrono::seconds>(now_() - found->since)};
}

std::size_t AuditDesk::waiting() const {
  const Lock lock(mutex_);
  return waiting_;
}

}  // namespace mailconf::server
