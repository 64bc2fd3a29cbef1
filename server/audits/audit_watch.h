// Audits domains in the background, few at once, until it is destroyed.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

#include "server/audits/audit_ledger.h"
#include "server/audits/audit_rounds.h"

namespace mailconf::server {

class AuditWatch {
 public:
  // Ends soon after a stop was requested.
  using Renew = std::function<void(const DomainName&, const std::stop_token&)>;
  using Clock = std::function<AuditRounds::Instant()>;

  // `round_begins` is called by one of the threads, which are as many as audits at once. The ledger outlives the watch.
  AuditWatch(AuditRounds rounds, std::size_t at_once, AuditLedger& ledger, Renew renew,
             std::function<void()> round_begins, Clock now);
  ~AuditWatch();
  AuditWatch(const AuditWatch&) = delete;
  AuditWatch& operator=(const AuditWatch&) = delete;

 private:
  void work(const std::stop_token& stop);
  AuditTurn take();

  AuditRounds rounds_;
  AuditLedger& ledger_;
  const Renew renew_;
  const std::function<void()> round_begins_;
  const Clock now_;
  bool had_a_round_ = false;
  std::mutex mutex_;
  std::condition_variable_any never_;
  std::vector<std::jthread> threads_;
};

}  // namespace mailconf::server
