#include "server/mx/mail_exchangers.h"

namespace mailconf::server {
namespace {

template <class End>
struct Finally {
  End end;
  ~Finally() { end(); }
};
template <class End>
Finally(End) -> Finally<End>;

std::chrono::seconds lifetime(Outcome outcome, const MxLimits& limits) {
  if (outcome == Outcome::found) return limits.found_for;
  return outcome == Outcome::absent ? limits.absent_for : limits.unknown_for;
}

// No failure of one look-up is worth more than an unknown answer.
MailExchanger asked_of(MxLookup& lookup, const DomainName& domain, const std::stop_token& stop) try {
  const auto mail = lookup.look_up(domain, stop);
  if (mail.hosts.empty()) return {mail.outcome, std::nullopt};
  return {mail.outcome, mail.hosts.front()};
} catch (const std::exception&) {
  return {};
}

}  // namespace

MailExchangers::MailExchangers(std::shared_ptr<MxLookup> lookup, const MxLimits& limits, Clock now)
    : lookup_(std::move(lookup)), limits_(limits), now_(std::move(now)), memory_(limits.names) {}

MailExchanger MailExchangers::of(const DomainName& domain, Patience patience) {
  Lock lock(mutex_);
  if (const auto known = remembered(domain)) return *known;
  must_wait(patience);
  if (const auto found = under_way_.find(domain); found != under_way_.end()) {
    const auto look_up = found->second;
    const auto done = [&look_up] { return look_up->done; };
    return wait(lock, limits_.wait + limits_.look_up, done) ? look_up->result : MailExchanger{};
  }
  const auto look_up = std::make_shared<LookUp>();
  under_way_.emplace(domain, look_up);
  return lead(lock, domain, look_up);
}

MailExchanger MailExchangers::lead(Lock& lock, const DomainName& domain, const std::shared_ptr<LookUp>& look_up) {
  // However it ends, nobody goes on waiting for it.
  const Finally over{[&] {
    look_up->done = true;
    under_way_.erase(domain);
    changed_.notify_all();
  }};
  if (wait(lock, limits_.wait, [this] { return asking_ < limits_.at_once; })) {
    look_up->result = ask(lock, domain);
    remember(domain, look_up->result);
  }
  return look_up->result;
}

MailExchanger MailExchangers::ask(Lock& lock, const DomainName& domain) {
  ++asking_;
  lock.unlock();
  auto exchanger = asked_of(*lookup_, domain, stop_.get_token());
  lock.lock();
  --asking_;
  return exchanger;
}

bool MailExchangers::wait(Lock& lock, std::chrono::milliseconds time, const std::function<bool()>& condition) {
  if (condition()) return true;
  if (waiting_ >= limits_.waiting) return false;
  ++waiting_;
  const bool met = changed_.wait_for(lock, stop_.get_token(), time, condition);
  --waiting_;
  return met;
}

std::optional<MailExchanger> MailExchangers::remembered(const DomainName& domain) {
  const auto* entry = memory_.get(domain.ascii());
  return entry != nullptr && now_() < entry->until ? std::optional(entry->exchanger) : std::nullopt;
}

void MailExchangers::remember(const DomainName& domain, const MailExchanger& exchanger) {
  memory_.put(domain.ascii(), Remembered{exchanger, now_() + lifetime(exchanger.outcome, limits_)});
}

std::size_t MailExchangers::waiting() const {
  const Lock lock(mutex_);
  return waiting_;
}

std::size_t MailExchangers::remembered() {
  const Lock lock(mutex_);
  return memory_.size();
}

}  // namespace mailconf::server
