// One TCP connection, in clear at first and then perhaps over TLS. Reads nothing ahead: what has been read has been
// handed over, so that nothing in clear is left behind when TLS starts (CVE-2011-0411).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "network/address_policy.h"
#include "network/event_loop.h"
#include "network/tls.h"

namespace mailconf {

// One call of each kind at a time. Callbacks come from the loop, and none comes after destruction.
class Stream {
 public:
  using Connected = std::function<void(std::optional<Failure>)>;
  using Secured = std::function<void(tl::expected<TlsFacts, Failure>)>;
  // Octets, valid during the call; none at the orderly end of the connection.
  using Received = std::function<void(tl::expected<std::string_view, Failure>)>;

  explicit Stream(EventLoop& loop);
  ~Stream();  // closes at once

  void connect(const Endpoint& to, Connected done);
  void start_tls(TlsSession session, const std::string& host, Secured done);
  // What goes wrong in writing shows in the next read.
  void write(std::string bytes, std::function<void()> done);
  void read(Received done, std::size_t at_most = std::string::npos);
  // What failures say about the other end from now on.
  void leads_to(std::string where);
  // Takes leave of the peer before destruction (RFC 8446 §6.1), without waiting for its answer.
  void say_goodbye();

 private:
  struct Connection;
  std::shared_ptr<Connection> connection_;
};

}  // namespace mailconf
