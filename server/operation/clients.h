// How much each client may ask: requests in a second, and connections at once. Whoever asks for more is told to wait a
// second and is never shut out; nobody is remembered for longer than that takes.
//
// Safe from any thread.
#pragma once

#include <Poco/Net/IPAddress.h>
#include <Poco/Net/StreamSocket.h>
#include <array>
#include <chrono>
#include <map>
#include <mutex>
#include <vector>

#include "server/limits.h"
#include "server/network_list.h"

namespace mailconf::server {

class Clients {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // Programs on this machine and proxies that are `trusted` are no strangers, and not counted.
  Clients(const ClientLimits& limits, std::vector<AddressRange> trusted)
      : limits_(limits), trusted_(std::move(trusted)) {}

  // Counts a request at `now`; false when it is one too many.
  bool may_ask(const Poco::Net::IPAddress& client, Time now);
  // A request that was let through is asked again and counts once.
  void take_back(const Poco::Net::IPAddress& client);

  // A connection of the client begins and ends.
  void connected(const Poco::Net::IPAddress& client);
  void disconnected(const Poco::Net::IPAddress& client);
  // Whether one more is not too many.
  [[nodiscard]] bool may_connect(const Poco::Net::IPAddress& client) const;

 private:
  // A home has one IPv4 address, or a network of 64 bits of IPv6 (RFC 6177 §2).
  using Key = std::array<unsigned char, 9>;
  struct Allowance {
    double left;
    Time at;
  };

  [[nodiscard]] bool is_stranger(const Poco::Net::IPAddress& client) const;
  static Key key_of(const Poco::Net::IPAddress& client);
  [[nodiscard]] double refilled(const Allowance& allowance, Time now) const;
  void forget_the_idle(Time now);

  const ClientLimits limits_;
  const std::vector<AddressRange> trusted_;
  mutable std::mutex mutex_;
  std::map<Key, Allowance> allowances_;
  std::map<Key, int> connections_;
};

// The other end of a connection; the unspecified address when it is gone already.
Poco::Net::IPAddress peer_of(const Poco::Net::StreamSocket& socket);

}  // namespace mailconf::server
