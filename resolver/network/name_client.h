// Names to records. Every name is absolute: no search domains, no hosts file. "localhost" and what is below it is this
// machine without asking anybody (RFC 6761 §6.3).
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "network/name_server.h"

namespace mailconf {

// A question in flight is shared by all who ask it, and its answer is kept for a while. One server is asked, at first
// the first one, later the one that answered last; the next one too when it is silent for a moment, and at once when it
// fails. One definite answer is enough.
class NameClient {
 public:
  using Answered = std::function<void(const tl::expected<DnsAnswer, Failure>&)>;

  // Without servers: those of the system's configuration.
  NameClient(EventLoop& loop, std::vector<Endpoint> servers);
  // Asks nobody: every name but "localhost" is Failure{not_asked}.
  struct Mute {};
  NameClient(EventLoop& loop, Mute);
  ~NameClient();

  // The callback comes from the loop, never from within. When nobody waits any more, all sockets are closed.
  [[nodiscard]] std::unique_ptr<Subscription> look_up(NameType type, const std::string& name, Answered answered);

 private:
  using Key = std::pair<std::string, NameType>;
  struct Inquiry {
    std::uint64_t number = 0;  // tells a repeated inquiry from the one before
    std::size_t first = 0;     // server
    std::size_t asked = 0;     // so many servers
    std::vector<Failure> failures;
    std::unique_ptr<Subscription> patience;
    std::map<std::uint64_t, Answered> waiting;
    std::optional<tl::expected<DnsAnswer, Failure>> result;
  };
  class Waiting;

  void begin(const Key& key);
  void ask_next_server(const Key& key);
  void on_reply(const Key& key, std::uint64_t number, std::size_t server,
                const tl::expected<DnsAnswer, Failure>& reply);
  void settle(const Key& key, tl::expected<DnsAnswer, Failure> result);
  void deliver(const Key& key);
  void withdraw(const Key& key, std::uint64_t waiter);
  void rest_when_idle();
  void forget_old();
  [[nodiscard]] Failure verdict(const std::vector<Failure>& failures) const;

  EventLoop& loop_;
  bool from_system_ = false;
  bool mute_ = false;
  std::vector<std::unique_ptr<NameServer>> servers_;
  std::map<Key, Inquiry> inquiries_;
  std::deque<std::pair<Instant, Key>> kept_;
  std::size_t answered_last_ = 0;
  std::uint64_t last_number_ = 0;
  std::size_t waiters_ = 0;
};

}  // namespace mailconf
