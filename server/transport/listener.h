// A socket that listens, and the thread that accepts from it.
#pragma once

#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/ThreadPool.h>

#include "server/transport/exchange.h"

namespace mailconf::server {

struct ListeningSocket {
  Poco::Net::ServerSocket socket;
  bool shared = false;  // with whoever handed it over, and will hand it to the next server
};

class Listener {
 public:
  // `site` and `threads` outlive the listener.
  Listener(const ListeningSocket& socket, Audience audience, const Site& site, Poco::ThreadPool& threads);

  [[nodiscard]] const Poco::Net::SocketAddress& address() const { return address_; }
  // Accepts no more connections; those that are open go on.
  void stop();

 private:
  ListeningSocket socket_;
  Poco::Net::SocketAddress address_;
  Poco::Net::TCPServer server_;
};

// Binds the socket and listens; the kernel holds silent connections back. Throws Poco::Exception when the address
// cannot be had.
void listen_at(const Poco::Net::SocketAddress& address, const Limits& limits, Poco::Net::ServerSocket& socket);

// `socket` as the one that listens under the number `descriptor`, which is closed. Throws Poco::Exception.
ListeningSocket adopted(int descriptor, Poco::Net::ServerSocket socket);

}  // namespace mailconf::server
