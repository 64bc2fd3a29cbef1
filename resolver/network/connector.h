// A connection to a host: its addresses are raced (Happy Eyeballs, RFC 8305), the losers closed. Where a proxy is in
// the way, the race is to the proxy, which then is asked for the host.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "network/address_policy.h"
#include "network/name_client.h"
#include "network/proxy.h"
#include "network/socket_budget.h"
#include "network/stream.h"
#include "network/tunnel_client.h"

namespace mailconf {

// What every operation works with; owned by the network.
struct Facilities {
  EventLoop& loop;
  NameClient& names;
  SocketBudget& budget;
  const AddressPolicy& policy;
  const ProxyPolicy& proxies;
  TlsContext& tls;
};

// Its members go in this order: the socket is closed before its place in the budget is given back.
struct ConnectedStream {
  Endpoint remote;  // through a proxy: the host, whose address is then the proxy's to know
  SocketBudget::Slot slot;
  std::unique_ptr<Stream> stream;
};

class Connector {
 public:
  using Done = std::function<void(tl::expected<ConnectedStream, Failure>)>;

  Connector(const Facilities& facilities, std::uint32_t owner, std::string host, std::uint16_t port, Done done);
  ~Connector();

  // Calls back once, from the loop or from within. Destruction closes what is open.
  void begin();
  // For a deadline: "no answer to the TCP connection of 192.0.2.1:993".
  [[nodiscard]] std::string waiting_for() const;

 private:
  enum class Family { v6, v4 };
  struct Attempt;

  void approach(const std::string& host, std::uint16_t port);
  void look_up(Family family);
  void on_names(Family family, const tl::expected<DnsAnswer, Failure>& result);
  void add(Family family, const std::vector<std::string>& addresses);
  void try_next();
  [[nodiscard]] std::optional<Endpoint> next_candidate() const;
  void take_candidate();
  void attempt(const Endpoint& to, SocketBudget::Slot slot);
  void connect(Attempt& attempt);
  void on_connected(Attempt& connected, std::optional<Failure> failure);
  void on_open(ConnectedStream connected);
  void on_tunnel(std::optional<Failure> failure);
  void give_up();
  [[nodiscard]] bool allows(const std::string& address) const;
  // What the socket counts as: a proxy passes on what a host would have to bear.
  [[nodiscard]] const std::string& guest_of(const Endpoint& to) const { return proxy_ ? target_.address : to.address; }
  [[nodiscard]] Failure reason() const;

  const Facilities& facilities_;
  std::uint32_t owner_;
  std::string host_;
  std::uint16_t port_;
  Done done_;
  const Proxy* proxy_ = nullptr;
  Endpoint target_;    // behind the proxy
  Endpoint approach_;  // the host, or the proxy
  std::vector<std::unique_ptr<Subscription>> look_ups_;
  std::deque<Endpoint> v6_, v4_;
  Family turn_ = Family::v6;
  std::size_t names_outstanding_ = 0;
  std::size_t tried_ = 0;
  bool racing_ = false;
  std::unique_ptr<Subscription> timer_;
  std::vector<std::unique_ptr<Attempt>> attempts_;
  std::vector<Failure> connect_failures_;
  std::optional<Failure> name_failure_;
  std::string rejected_;  // an address that is not public
  bool exists_ = true;
  ConnectedStream tunnelled_;
  std::unique_ptr<TunnelClient> tunnel_;
};

}  // namespace mailconf
