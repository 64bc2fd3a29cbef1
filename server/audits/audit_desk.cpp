#include "server/audits/audit_desk.h"

#include <algorithm>
#include <utility>

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
    : run_(std::move(run)), report_(std::move(report)), limits_(limits), now_(std::move(now)), kept_(limits.kept) {}

std::optional<ToldAudit> AuditDesk::ask(const DomainName& domain, std::chrono::seconds no_older_than) {
  Lock lock(mutex_);
  if (const auto known = kept(domain, no_older_than)) return told(known);
  if (waiting_ >= limits_.waiting || stop_.stop_requested()) return std::nullopt;
  auto running = under_way(domain);
  if (!running) running = begin(domain);
  if (!running) return std::nullopt;
  ++waiting_;
  const bool done = changed_.wait_for(lock, stop_.get_token(), limits_.patience, [&] { return running->done; });
  --waiting_;
  return done ? told(running->found) : std::nullopt;
}

std::shared_ptr<const AuditDesk::Running> AuditDesk::under_way(const DomainName& domain) const {
  const auto found = under_way_.find(domain);
  return found == under_way_.end() ? nullptr : found->second;
}

// Null when there is no room. Whoever is done has let go of the mutex, and is gone in a moment.
std::shared_ptr<const AuditDesk::Running> AuditDesk::begin(const DomainName& domain) {
  std::erase_if(helpers_, [](const Helper& helper) { return helper.running->done; });
  if (helpers_.size() >= limits_.at_once) return nullptr;
  const auto running = std::make_shared<Running>();
  std::jthread thread([this, domain, running] { carry_out(domain, *running, stop_.get_token()); });
  helpers_.push_back({running, std::move(thread)});
  under_way_.emplace(domain, running);
  return running;
}

void AuditDesk::renew(const DomainName& domain, const std::stop_token& stop) {
  Lock lock(mutex_);
  if (const auto running = under_way(domain)) {
    changed_.wait(lock, stop, [&] { return running->done; });
    return;
  }
  const auto running = std::make_shared<Running>();
  under_way_.emplace(domain, running);
  lock.unlock();
  carry_out(domain, *running, stop);
}

void AuditDesk::carry_out(const DomainName& domain, Running& running, const std::stop_token& stop) {
  auto found = find_now(domain, stop);
  const Lock lock(mutex_);
  if (found) kept_.put(domain.ascii(), *found);
  running.found = std::move(found);
  running.done = true;
  under_way_.erase(domain);
  changed_.notify_all();
}

void AuditDesk::stop() {
  stop_.request_stop();
  Lock lock(mutex_);
  const auto ending = std::exchange(helpers_, {});
  lock.unlock();
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
  const auto* found = kept_.get(domain.ascii());
  if (found == nullptr) return std::nullopt;
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
