#include "server/listener.h"

#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServerConnection.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/TCPServerConnectionFactory.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace mailconf::server {
namespace {

using Poco::Net::HTTPServerParams;
using Poco::Net::ServerSocket;
using Poco::Net::StreamSocket;

class Exchanges : public Poco::Net::HTTPRequestHandlerFactory {
 public:
  Exchanges(const Site& site, Audience audience) : site_(site), audience_(audience) {}
  Poco::Net::HTTPRequestHandler* createRequestHandler(const Poco::Net::HTTPServerRequest&) override {
    return new Exchange(site_, audience_);
  }

 private:
  const Site& site_;
  Audience audience_;
};

class WatchedConnection : public Poco::Net::HTTPServerConnection {
 public:
  WatchedConnection(const StreamSocket& socket, const HTTPServerParams::Ptr& parameters,
                    const Poco::Net::HTTPRequestHandlerFactory::Ptr& exchanges, Connections& connections)
      : HTTPServerConnection(socket, parameters, exchanges), watch_(connections, socket) {}

 private:
  Connections::Watch watch_;
};

class WatchedConnections : public Poco::Net::TCPServerConnectionFactory {
 public:
  WatchedConnections(const Site& site, Audience audience, HTTPServerParams::Ptr parameters)
      : site_(site), parameters_(std::move(parameters)), exchanges_(new Exchanges(site, audience)) {}
  Poco::Net::TCPServerConnection* createConnection(const StreamSocket& socket) override {
    return new WatchedConnection(socket, parameters_, exchanges_, site_.connections);
  }

 private:
  const Site& site_;
  HTTPServerParams::Ptr parameters_;
  Poco::Net::HTTPRequestHandlerFactory::Ptr exchanges_;
};

// Turns a client away that has too many connections, before they cost a thread.
class ConnectionFilter : public Poco::Net::TCPServerConnectionFilter {
 public:
  explicit ConnectionFilter(const Site& site) : site_(site) {}
  bool accept(const StreamSocket& socket) override {
    if (site_.clients.may_connect(peer_of(socket))) return true;
    site_.metrics.turned_away("connection");
    return false;
  }

 private:
  const Site& site_;
};

Poco::Timespan timespan(std::chrono::milliseconds time) { return Poco::Timespan(time.count() * 1000); }

// A thread of Poco's that is about to wait for its next connection can miss that the server ends, and notices only when
// this is over; Poco's own ten seconds are longer than an end may take.
constexpr std::chrono::milliseconds thread_idle_time{250};

HTTPServerParams::Ptr parameters(const Limits& limits) {
  HTTPServerParams::Ptr parameters(new HTTPServerParams);
  parameters->setTimeout(timespan(limits.request_time));
  parameters->setKeepAliveTimeout(timespan(limits.idle_time));
  parameters->setMaxKeepAliveRequests(limits.requests_per_connection);
  parameters->setMaxThreads(limits.threads);
  parameters->setMaxQueued(limits.queued);
  parameters->setThreadIdleTime(timespan(thread_idle_time));
  return parameters;
}

}  // namespace

Listener::Listener(const ServerSocket& socket, Audience audience, const Site& site, Poco::ThreadPool& threads)
    : socket_(socket),
      address_(socket.address()),
      server_(new WatchedConnections(site, audience, parameters(site.limits)), threads, socket,
              parameters(site.limits)) {
  if (audience == Audience::everyone) server_.setConnectionFilter(new ConnectionFilter(site));
  server_.start();
}

void Listener::stop() {
  // Wakes the thread that accepts, which else notices up to 250 ms later.
  ::shutdown(socket_.impl()->sockfd(), SHUT_RDWR);
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

void adopt(int descriptor, ServerSocket& socket) {
  // Poco takes no number: it gets a socket of its own, whose number then stands for the other one.
  socket.bind(Poco::Net::SocketAddress(Poco::Net::IPAddress("127.0.0.1"), 0), true, false);
  if (::dup2(descriptor, socket.impl()->sockfd()) < 0) throw Poco::Net::NetException("cannot take over a socket");
  ::close(descriptor);
}

}  // namespace mailconf::server
