#include "server/transport/threaded.h"

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServerConnection.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <array>
#include <sys/socket.h>

namespace mailconf::server {
namespace {

using Poco::Net::HTTPServerParams;
using Poco::Net::HTTPServerRequest;
using Poco::Net::HTTPServerRequestImpl;
using Poco::Net::HTTPServerResponse;
using Poco::Net::StreamSocket;

// The rest of a refused request is read and thrown away: closing over unread octets would reset the connection, and the
// client might lose the answer (RFC 9112 §9.6). The connection's deadline bounds the time.
void linger(int descriptor) {
  constexpr std::size_t most = std::size_t{4} * 1024 * 1024;
  ::shutdown(descriptor, SHUT_WR);
  std::array<char, std::size_t{16} * 1024> rest{};
  for (std::size_t read = 0; read < most;) {
    const auto got = ::recv(descriptor, rest.data(), rest.size(), 0);
    if (got <= 0) return;
    read += static_cast<std::size_t>(got);
  }
}

class Handler : public Poco::Net::HTTPRequestHandler {
 public:
  Handler(const Site& site, Audience audience, Connections::Watch& watch)
      : limits_(site.limits), exchange_(site, audience, Patience::waits), watch_(watch) {}

  void handleRequest(HTTPServerRequest& message, HTTPServerResponse& response) override {
    auto& socket = static_cast<HTTPServerRequestImpl&>(message).socket();
    watch_.allow(limits_.request_time);
    const auto reply = exchange_.answer({message, message.stream(), message.clientAddress().host(), message.secure()},
                                        !response.getKeepAlive());
    socket.sendBytes(reply.octets.data(), static_cast<int>(reply.octets.size()));
    if (reply.cut_off) linger(socket.impl()->sockfd());
    response.setKeepAlive(reply.keep_alive);
    // Poco ends those that are idle.
    watch_.allow(limits_.idle_time + limits_.request_time);
  }

 private:
  const Limits& limits_;
  const Exchange exchange_;
  Connections::Watch& watch_;
};

// Of one connection, and as long as that is there.
class Handlers : public Poco::Net::HTTPRequestHandlerFactory {
 public:
  Handlers(const Site& site, Audience audience, const StreamSocket& socket)
      : site_(site), audience_(audience), watch_(site.connections, socket) {}
  Poco::Net::HTTPRequestHandler* createRequestHandler(const HTTPServerRequest&) override {
    return new Handler(site_, audience_, watch_);
  }

 private:
  const Site& site_;
  Audience audience_;
  Connections::Watch watch_;
};

class ThreadedConnections : public Poco::Net::TCPServerConnectionFactory {
 public:
  ThreadedConnections(const Site& site, Audience audience)
      : site_(site), audience_(audience), parameters_(http_parameters(site.limits)) {}
  Poco::Net::TCPServerConnection* createConnection(const StreamSocket& socket) override {
    return new Poco::Net::HTTPServerConnection(socket, parameters_, new Handlers(site_, audience_, socket));
  }

 private:
  const Site& site_;
  Audience audience_;
  HTTPServerParams::Ptr parameters_;
};

Poco::Timespan timespan(std::chrono::milliseconds time) { return Poco::Timespan(time.count() * 1000); }

// A thread of Poco's that is about to wait for its next connection can miss that the server ends, and notices only when
// this is over; Poco's own ten seconds are longer than an end may take.
constexpr std::chrono::milliseconds thread_idle_time{250};

}  // namespace

Poco::Net::TCPServerConnectionFactory::Ptr threaded_connections(const Site& site, Audience audience) {
  return new ThreadedConnections(site, audience);
}

HTTPServerParams::Ptr http_parameters(const Limits& limits) {
  HTTPServerParams::Ptr parameters(new HTTPServerParams);
  parameters->setTimeout(timespan(limits.request_time));
  parameters->setKeepAliveTimeout(timespan(limits.idle_time));
  parameters->setMaxKeepAliveRequests(limits.requests_per_connection);
  parameters->setMaxThreads(limits.threads);
  parameters->setMaxQueued(limits.queued);
  parameters->setThreadIdleTime(timespan(thread_idle_time));
  return parameters;
}

bool is_let_in(const StreamSocket& socket, const Site& site) {
  if (site.clients.may_connect(peer_of(socket))) return true;
  site.metrics.turned_away("connection");
  return false;
}

}  // namespace mailconf::server
