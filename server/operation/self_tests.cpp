#include "server/operation/self_tests.h"

#include <algorithm>

namespace mailconf::server {

std::optional<std::vector<ProbedPort>> SelfTests::run(const DomainName& domain, const std::vector<Server>& servers) {
  {
    const std::lock_guard lock(mutex_);
    const auto now = now_();
    const auto known = runs_.find(domain);
    if (known != runs_.end()) {
      const Run& last = known->second;
      if (!last.ended) return std::nullopt;
      // What has changed since is not what was tried.
      if (now - *last.ended < limits_.kept_for && last.servers == servers) return last.ports;
      runs_.erase(known);
    }
    if (stop_.stop_requested() || !make_room(now)) return std::nullopt;
    runs_.emplace(domain, Run{{}, servers, {}});
  }
  return finish(domain, prober_(servers, stop_.get_token()));
}

bool SelfTests::make_room(std::chrono::steady_clock::time_point now) {
  std::erase_if(runs_,
                [&](const auto& each) { return each.second.ended && now - *each.second.ended >= limits_.kept_for; });
  const auto under_way = std::ranges::count_if(runs_, [](const auto& each) { return !each.second.ended; });
  return static_cast<std::size_t>(under_way) < limits_.at_once && runs_.size() < limits_.domains;
}

std::optional<std::vector<ProbedPort>> SelfTests::finish(const DomainName& domain,
                                                         Result<std::vector<ProbedPort>> ports) {
  const std::lock_guard lock(mutex_);
  if (!ports || stop_.stop_requested()) {
    runs_.erase(domain);
    return std::nullopt;
  }
  Run& run = runs_.at(domain);
  run.ended = now_();
  run.ports = *ports;
  return *std::move(ports);
}

}  // namespace mailconf::server
