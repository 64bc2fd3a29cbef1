// Trying the mail servers of a domain because a visitor of its page asks for it: one run a domain at a time, few at
// once, and what came of it is told for a minute.
//
// Safe from any thread.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

#include "mailconf/resolver.h"
#include "server/limits.h"

namespace mailconf::server {

class SelfTests {
 public:
  using Clock = std::function<std::chrono::steady_clock::time_point()>;
  // Ends by itself within some seconds, and soon after a stop was requested.
  using Prober = std::function<Result<std::vector<ProbedPort>>(const std::vector<Server>&, const std::stop_token&)>;

  SelfTests(Prober prober, const SelfTestLimits& limits, Clock now)
      : prober_(std::move(prober)), limits_(limits), now_(std::move(now)) {}

  // Nothing while the domain is being tried already, or too many others are, and after stop(). `servers` are those that
  // the domain publishes: no visitor chooses what is connected to.
  std::optional<std::vector<ProbedPort>> run(const DomainName& domain, const std::vector<Server>& servers);

  // What is under way ends.
  void stop() { stop_.request_stop(); }

 private:
  struct Run {
    std::optional<std::chrono::steady_clock::time_point> ended;  // nothing: under way
    std::vector<Server> servers;
    std::vector<ProbedPort> ports;
  };

  // Whether there is room for one more; forgets what is old.
  bool make_room(std::chrono::steady_clock::time_point now);
  std::optional<std::vector<ProbedPort>> finish(const DomainName& domain, Result<std::vector<ProbedPort>> ports);

  const Prober prober_;
  const SelfTestLimits limits_;
  const Clock now_;
  std::stop_source stop_;
  std::mutex mutex_;
  std::map<DomainName, Run> runs_;
};

}  // namespace mailconf::server
