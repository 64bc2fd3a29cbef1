#include "server/fake_auditor.h"

#include <algorithm>

namespace mailconf::testing {

Audit audit_with(const std::string& domain, const std::vector<std::string>& codes) {
  Audit audit;
  audit.domain = domain;
  for (const auto& code : codes) {
    AuditFinding finding;
    finding.code = code;
    audit.findings.push_back(std::move(finding));
  }
  return audit;
}

server::Auditor FakeAuditor::function() {
  return [this](const auto& settings, const auto& domain, const auto& stop) { return audit(settings, domain, stop); };
}

Result<Audit> FakeAuditor::audit(const server::AuditSettings& settings, const DomainName& domain,
                                 const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  audited_.push_back(domain.ascii());
  settings_ = settings;
  changed_.notify_all();
  changed_.wait(lock, stop, [this] { return !held_; });
  const auto known = wrong_.find(domain.ascii());
  auto audit = audit_with(domain.ascii(), known == wrong_.end() ? std::vector<std::string>() : known->second);
  audit.complete = std::ranges::find(silent_, domain.ascii()) == silent_.end() && !stop.stop_requested();
  if (!audit.complete) audit.incomplete = "no name could be looked up";
  return audit;
}

void FakeAuditor::is_wrong(const std::string& domain, const std::vector<std::string>& codes) {
  const std::lock_guard lock(mutex_);
  wrong_[domain] = codes;
}

void FakeAuditor::is_silent(const std::string& domain) {
  const std::lock_guard lock(mutex_);
  silent_.push_back(domain);
}

void FakeAuditor::hold() {
  const std::lock_guard lock(mutex_);
  held_ = true;
}

void FakeAuditor::release() {
  const std::lock_guard lock(mutex_);
  held_ = false;
  changed_.notify_all();
}

void FakeAuditor::wait_for(std::size_t begun) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return audited_.size() >= begun; });
}

std::vector<std::string> FakeAuditor::audited() const {
  const std::lock_guard lock(mutex_);
  return audited_;
}

server::AuditSettings FakeAuditor::settings() const {
  const std::lock_guard lock(mutex_);
  return settings_;
}

}  // namespace mailconf::testing
