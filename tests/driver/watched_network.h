// A network that counts what goes through it: how many questions are out at once, in all, at one host and at the name
// server.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "network/network.h"

namespace mailconf::testing {

class WatchedNetwork final : public Network {
 public:
  explicit WatchedNetwork(Network& network) : network_(network) {}

  void start(Ticket ticket, const Question& question, Instant deadline) override {
    const std::string host = host_of(question);
    out_[ticket] = host;
    started.push_back(target(question));
    if (!host.empty()) {
      most_at_one_host = std::max(most_at_one_host, ++by_host_[host]);
      most_in_all = std::max(most_in_all, ++in_all_);
    }
    most_to_name_server = std::max(most_to_name_server, out_.size() - in_all_);
    network_.start(ticket, question, deadline);
  }
  void cancel(Ticket ticket) override {
    end(ticket);
    network_.cancel(ticket);
  }
  std::vector<Completion> wait_until(Instant until) override {
    ++turns;
    auto completions = network_.wait_until(until);
    for (const auto& completion : completions) end(completion.ticket);
    return completions;
  }
  [[nodiscard]] Instant now() const override { return network_.now(); }
  void wake() override { network_.wake(); }

  [[nodiscard]] std::size_t out() const { return out_.size(); }
  [[nodiscard]] auto times_asked(const std::string& what) const {
    return std::count(started.begin(), started.end(), what);
  }

  std::vector<std::string> started;  // targets
  std::size_t most_at_one_host = 0;
  std::size_t most_in_all = 0;
  std::size_t most_to_name_server = 0;
  std::size_t turns = 0;  // calls of wait_until()

 private:
  static std::string host_of(const Question& question) {
    if (const auto* document = std::get_if<HttpQuestion>(&question)) return document->url.host;
    if (const auto* port = std::get_if<ProbeQuestion>(&question)) return port->host;
    return "";
  }
  void end(Ticket ticket) {
    const auto ended = out_.extract(ticket);
    if (ended.empty() || ended.mapped().empty()) return;
    --by_host_[ended.mapped()];
    --in_all_;
  }

  Network& network_;
  std::map<Ticket, std::string> out_;
  std::map<std::string, std::size_t> by_host_;
  std::size_t in_all_ = 0;
};

}  // namespace mailconf::testing
