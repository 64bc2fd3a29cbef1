#include "server/transport/listener.h"

#include <Poco/Net/NetException.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server/transport/threaded.h"

namespace mailconf::server {
namespace {

using Poco::Net::ServerSocket;
using Poco::Net::StreamSocket;

// Turns a client away that has too many connections, before they cost a thread.
class ConnectionFilter : public Poco::Net::TCPServerConnectionFilter {
 public:
  explicit ConnectionFilter(const Site& site) : site_(site) {}
  bool accept(const StreamSocket& socket) override { return is_let_in(socket, site_); }

 private:
  const Site& site_;
};

}  // namespace

Listener::Listener(const ListeningSocket& socket, Audience audience, const Site& site, Poco::ThreadPool& threads)
    : socket_(socket),
      address_(socket.socket.address()),
      server_(threaded_connections(site, audience), threads, socket.socket, http_parameters(site.limits)) {
  if (audience == Audience::everyone) server_.setConnectionFilter(new ConnectionFilter(site));
  server_.start();
}

void Listener::stop() {
  // Wakes the thread that accepts, which else notices up to 250 ms later. A socket that others have as well would not
  // listen for them any more.
  if (!socket_.shared) ::shutdown(socket_.socket.impl()->sockfd(), SHUT_RDWR);
  server_.stop();
}

void listen_at(const Poco::Net::SocketAddress& address, const Limits& limits, ServerSocket& socket) {
  if (address.family() == Poco::Net::SocketAddress::IPv6) {
    socket.bind6(address, true, false, true);  // IPv6 alone: "0.0.0.0" and "::" may stand side by side
  } else {
    socket.bind(address, true, false);
  }
  // In HTTP and TLS the client speaks first: until it does, the connection is not worth a thread.
  socket.setOption(IPPROTO_TCP, TCP_DEFER_ACCEPT, static_cast<int>(limits.request_time.count() / 1000 + 1));
  socket.listen(limits.backlog);
}

ListeningSocket adopted(int descriptor, ServerSocket socket) {
  // Poco takes no number: it gets a socket of its own, whose number then stands for the other one.
  socket.bind(Poco::Net::SocketAddress(Poco::Net::IPAddress("127.0.0.1"), 0), true, false);
  if (::dup2(descriptor, socket.impl()->sockfd()) < 0) throw Poco::Net::NetException("cannot take over a socket");
  ::close(descriptor);
  return {std::move(socket), true};
}

}  // namespace mailconf::server
