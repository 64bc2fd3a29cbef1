#include "server/audits/audits.h"

#include <algorithm>
#include <fmt/format.h>

namespace mailconf::server {
namespace {

bool is_watched(const AuditSettings& settings, const DomainName& domain) {
  if (settings.every.count() == 0) return false;
  return settings.domains.empty() || std::ranges::binary_search(settings.domains, domain);
}

}  // namespace

Audits::Audits(const Publication& publication, Log& log, Auditor auditor, const AuditLimits& limits,
               AuditDesk::Clock now)
    : publication_(publication),
      log_(log),
      auditor_(std::move(auditor)),
      limits_(limits),
      now_(std::move(now)),
      desk_([this](const auto& domain, const auto& stop) { return run(domain, stop); },
            [this](const auto& domain, const auto& audit) { take_down(domain, audit); }, limits, now_) {}

void Audits::use(const std::optional<AuditSettings>& settings) {
  const auto before = settings_.get();
  if (stopped_ || (before ? settings == *before : !settings)) return;
  watch_.reset();
  const auto wanted = settings ? std::make_shared<const AuditSettings>(*settings) : nullptr;
  settings_.set(wanted);
  if (!wanted || wanted->every.count() == 0) {
    ledger_.clear();
    return;
  }
  watch_.emplace(
      AuditRounds(names(wanted), wanted->every, limits_.watched), wanted->concurrency, ledger_,
      [this](const auto& domain, const auto& stop) { desk_.renew(domain, stop); },
      [this, wanted] { round_begins(*wanted); }, now_);
}

void Audits::stop() {
  stopped_ = true;
  desk_.stop();
  watch_.reset();
}

std::optional<ToldAudit> Audits::of(const DomainName& domain, bool anew) {
  const auto settings = settings_.get();
  if (!settings) return std::nullopt;
  return desk_.ask(domain, anew ? limits_.again_after : settings->keep);
}

std::string Audits::metrics() const {
  const auto settings = settings_.get();
  return settings ? metrics_.text(ledger_, settings->domains) : "";
}

Result<Audit> Audits::run(const DomainName& domain, const std::stop_token& stop) const {
  const auto settings = settings_.get();
  if (!settings) return fail(ErrorCode::bad_option, "audit", "is not configured");
  return auditor_(*settings, domain, stop);
}

void Audits::take_down(const DomainName& domain, const Result<Audit>& audit) {
  metrics_.audited(audit);
  if (!audit) {
    log_.error("audit of " + domain.ascii() + ": " + audit.error().text());
    return;
  }
  const auto settings = settings_.get();
  if (!settings || !is_watched(*settings, domain)) return;
  if (const auto errors = ledger_.record(domain, *audit); !errors.empty())
    log_.warning(fmt::format("audit of {}: {}", domain.ascii(), fmt::join(errors, ", ")));
}

AuditedNames Audits::names(const Settings& settings) const {
  if (settings->domains.empty()) {
    return {[this](const auto& after, std::size_t most) { return publication_.names(after, most); },
            [this] { return publication_.state().domains; }};
  }
  return {[this, settings](const auto& after, std::size_t most) { return page_of(settings->domains, after, most); },
          [settings] { return settings->domains.size(); }};
}

// What the publication cannot tell of is left for later; what it does not hold is nobody's to audit.
Result<std::vector<DomainName>> Audits::page_of(const std::vector<DomainName>& listed,
                                                const std::optional<DomainName>& after, std::size_t most) const {
  const auto snapshot = publication_.current();
  std::vector<DomainName> page;
  for (auto each = after ? std::ranges::upper_bound(listed, *after) : listed.begin(); each != listed.end(); ++each) {
    const auto outcome = snapshot->find(*each).outcome;
    if (outcome == Outcome::unknown) return fail(ErrorCode::io, each->ascii(), "cannot be looked for in the store");
    if (outcome == Outcome::found) page.push_back(*each);
    if (page.size() == most) break;
  }
  return page;
}

void Audits::round_begins(const AuditSettings& settings) const {
  const auto all = publication_.state().domains;
  if (settings.domains.empty() && all > limits_.watched)
    log_.warning(fmt::format("only the first {} of {} domains are audited in the background", limits_.watched, all));
}

}  // namespace mailconf::server
