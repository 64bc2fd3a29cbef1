// What the exchanges of a simulated network share: the world, virtual time, sockets, the name cache and the record of
// all that was asked.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "network/network.h"
#include "support/event_queue.h"
#include "support/socket_pool.h"
#include "support/world.h"

namespace mailconf::simulated {

// A question that the engine put, or a name that the network looked up by itself.
struct Asked {
  Instant at{};
  std::string target;
  bool encrypted = true;       // false for http
  bool holds_address = false;  // the URL's query holds an e-mail address
  bool by_engine = true;
};

// A connection attempt.
struct Dialled {
  Instant at{};
  std::string address;
  std::uint16_t port = 0;
};

class Internet {
 public:
  explicit Internet(World described) : world(std::move(described)) {}

  const World world;
  EventQueue events;
  SocketPool sockets;
  bool allow_private = false;
  std::uint64_t jitter_seed = 0;  // 0: none
  Duration jitter_limit{};
  std::uint64_t loss_state = 1;  // of the lots that are drawn for packets; the seed at first

  std::vector<Asked> asked;
  std::vector<Dialled> dialled;
  std::vector<std::string> mail_commands;  // all lines that mail servers received

  using NameCallback = std::function<void(const Answer&)>;
  // Answers from the cache at once, joins an equal look-up under way, else asks the name server. The callback runs from
  // the event queue.
  void look_up(const DnsQuestion& question, const std::weak_ptr<void>& guard, NameCallback callback);

  // The documentation ranges (RFC 5737, RFC 3849) are this world's public internet.
  [[nodiscard]] bool may_connect(std::string_view address) const;
  // Extra delay of one exchange when orders of arrival are shuffled: the same for the same seed and text.
  [[nodiscard]] Duration jitter(std::string_view what) const;
  // How often a packet must be repeated before it and the one in reply both come through.
  int repetitions();
  // What that costs a sender who repeats after `patience`, then after twice that, and so on.
  Duration lost_time(Duration patience) { return patience * ((1 << repetitions()) - 1); }

 private:
  bool is_lost();
  struct CachedName {
    Instant known_at{};
    Answer answer;
  };
  CachedName ask_name_server(const DnsQuestion& question);

  std::map<DnsQuestion, CachedName> names_;
};

}  // namespace mailconf::simulated
