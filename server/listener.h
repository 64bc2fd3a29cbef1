// A socket that listens, and the thread that accepts from it.
#pragma once

#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/ThreadPool.h>

#include "server/exchange.h"

namespace mailconf::server {

class Listener {
 public:
  // `socket` is bound and listens. `site` and `threads` outlive the listener.
  Listener(const Poco::Net::ServerSocket& socket, Audience audience, const Site& site, Poco::ThreadPool& threads);

  [[nodiscard]] const Poco::Net::SocketAddress& address() const { return address_; }
  // Accepts no more connections; those that are open go on.
  void stop();

 private:
  Poco::Net::ServerSocket socket_;
  Poco::Net::SocketAddress address_;
  Poco::Net::TCPServer server_;
};

// Binds the socket and listens; the kernel holds silent connections back. Throws Poco::Exception when the address
// cannot be had.
void listen_at(const Poco::Net::SocketAddress& address, const Limits& limits, Poco::Net::ServerSocket& socket);

// `socket` becomes the one that listens under the number `descriptor`, which is closed.
void adopt(int descriptor, Poco::Net::ServerSocket& socket);

}  // namespace mailconf::server
