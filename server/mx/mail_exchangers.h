// Where the mail of domains goes that no definition names. Strangers choose the names, so that everything about it is
// bounded: see MxLimits.
//
// Safe from any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "server/limits.h"
#include "server/mx/mx_lookup.h"
#include "server/patience.h"
#include "server/recently_used.h"

namespace mailconf::server {

struct MailExchanger {
  Outcome outcome = Outcome::unknown;  // found, absent or unknown
  std::optional<DomainName> host;      // the most preferred one; only when found
};

class MailExchangers {
 public:
  using Instant = std::chrono::steady_clock::time_point;
  using Clock = std::function<Instant()>;

  // `now` tells how old an answer is; it is called from any thread.
  MailExchangers(std::shared_ptr<MxLookup> lookup, const MxLimits& limits, Clock now);

  // From memory, or by a look-up, which all share who ask for the same domain meanwhile. Unknown when there are more
  // look-ups to wait for than the limits allow, or once stop() was called.
  // Without patience, what is not in memory throws MustWait.
  MailExchanger of(const DomainName& domain, Patience patience = Patience::waits);

  // Ends every look-up and every wait.
  void stop() { stop_.request_stop(); }

  // Callers that wait for another one's look-up or for a place of their own.
  [[nodiscard]] std::size_t waiting() const;
  [[nodiscard]] std::size_t remembered();

 private:
  struct Remembered {
    MailExchanger exchanger;
    Instant until;
  };
  struct LookUp {
    bool done = false;
    MailExchanger result;
  };
  using Lock = std::unique_lock<std::mutex>;

  std::optional<MailExchanger> remembered(const DomainName& domain);
  void remember(const DomainName& domain, const MailExchanger& exchanger);
  MailExchanger lead(Lock& lock, const DomainName& domain, const std::shared_ptr<LookUp>& look_up);
  MailExchanger ask(Lock& lock, const DomainName& domain);
  bool wait(Lock& lock, std::chrono::milliseconds time, const std::function<bool()>& condition);

  const std::shared_ptr<MxLookup> lookup_;
  const MxLimits limits_;
  const Clock now_;
  std::stop_source stop_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  RecentlyUsed<std::string, Remembered> memory_;
  std::map<DomainName, std::shared_ptr<LookUp>> under_way_;
  std::size_t asking_ = 0;
  std::size_t waiting_ = 0;
};

}  // namespace mailconf::server
