#include "server/audits/audit_ledger.h"

#include <algorithm>
#include <iterator>
#include <set>

namespace mailconf::server {
namespace {

// Of codes that both have, as many as the one has that has more of them.
template <class Codes>
Codes united(const Codes& some, const Codes& others) {
  Codes all;
  std::ranges::set_union(some, others, std::back_inserter(all));
  return all;
}

}  // namespace

AuditLedger::AuditLedger(Clock now) : now_(std::move(now)), checks_(audit_checks()), findings_(checks_.size()) {
  for (const auto& check : checks_) places_.emplace(check.code, static_cast<Code>(places_.size()));
}

void AuditLedger::round_begins(bool after_whole_round) {
  const std::lock_guard lock(mutex_);
  for (auto each = standings_.begin(); each != standings_.end();) {
    if (!after_whole_round || each->second.seen_in >= round_) {
      ++each;
      continue;
    }
    forget(each->second);
    each = standings_.erase(each);
  }
  ++round_;
}

void AuditLedger::seen(const DomainName& domain) {
  const std::lock_guard lock(mutex_);
  if (const auto found = standings_.find(domain); found != standings_.end()) found->second.seen_in = round_;
}

std::vector<std::string> AuditLedger::record(const DomainName& domain, const Audit& audit) {
  auto codes = codes_of(audit);
  const std::lock_guard lock(mutex_);
  auto& standing = standings_[domain];
  if (!audit.complete) codes = united(standing.codes, codes);
  auto new_errors = count(codes, standing.codes);
  forget(standing);
  standing = {std::move(codes), audit.complete ? now_() : standing.audited_at, round_};
  return new_errors;
}

std::vector<std::string> AuditLedger::count(const std::vector<Code>& codes, const std::vector<Code>& before) {
  std::set<std::string> new_errors;
  for (const auto code : codes) {
    ++findings_[code];
    const bool is_error = checks_[code].severity == mailconf::Severity::error;
    if (is_error && !std::ranges::binary_search(before, code)) new_errors.insert(checks_[code].code);
  }
  return {new_errors.begin(), new_errors.end()};
}

std::vector<AuditLedger::Code> AuditLedger::codes_of(const Audit& audit) const {
  std::vector<Code> codes;
  for (const auto& finding : audit.findings) {
    if (const auto place = places_.find(finding.code); place != places_.end()) codes.push_back(place->second);
  }
  std::ranges::sort(codes);
  return codes;
}

void AuditLedger::forget(const Standing& standing) {
  for (const auto code : standing.codes) --findings_[code];
}

void AuditLedger::clear() {
  const std::lock_guard lock(mutex_);
  standings_.clear();
  std::ranges::fill(findings_, 0);
}

AuditTotals AuditLedger::totals() const {
  const std::lock_guard lock(mutex_);
  AuditTotals totals{0, findings_, std::nullopt};
  for (const auto& [domain, standing] : standings_) {
    if (!standing.audited_at) continue;
    ++totals.domains;
    totals.oldest = std::min(totals.oldest.value_or(*standing.audited_at), *standing.audited_at);
  }
  return totals;
}

std::optional<std::size_t> AuditLedger::findings(const DomainName& domain, mailconf::Severity severity) const {
  const std::lock_guard lock(mutex_);
  const auto found = standings_.find(domain);
  if (found == standings_.end()) return std::nullopt;
  const auto is_such = [&](Code code) { return checks_[code].severity == severity; };
  return static_cast<std::size_t>(std::ranges::count_if(found->second.codes, is_such));
}

}  // namespace mailconf::server
