// Every socket that the server listens at: plain HTTP, TLS, and the administrator's.
#pragma once

#include <Poco/Net/SocketAddress.h>
#include <Poco/ThreadPool.h>
#include <list>
#include <string_view>
#include <vector>

#include "server/operation/service_manager.h"
#include "server/tls/server_context.h"
#include "server/transport/evented_listener.h"
#include "server/transport/listener.h"

namespace mailconf::server {

class Front {
 public:
  // `site` and `tls` outlive the object; null: nothing is served by TLS.
  Front(const Site& site, const ServerContext* tls);

  // Sockets that were handed over take the place of those that are configured. Every one is bound before the first
  // accepts, so that a start fails as a whole. Throws Poco::Exception.
  void listen(const std::vector<InheritedSocket>& inherited);

  // Accepts no more connections; those that are open go on.
  void stop();
  // Waits for their end, which Connections::drain() brings.
  void finish();

  // With the ports that the system chose for port 0.
  [[nodiscard]] std::vector<Poco::Net::SocketAddress> http() const { return http_.addresses(); }
  [[nodiscard]] std::vector<Poco::Net::SocketAddress> https() const;
  [[nodiscard]] std::vector<Poco::Net::SocketAddress> admin() const;

 private:
  using Addresses = std::vector<Poco::Net::SocketAddress>;

  [[nodiscard]] std::vector<ListeningSocket> sockets(std::string_view name, const Addresses& configured,
                                                     const std::vector<InheritedSocket>& inherited) const;
  [[nodiscard]] Poco::Net::ServerSocket fresh(std::string_view name) const;
  [[nodiscard]] ListeningSocket bound(const Poco::Net::SocketAddress& address, Poco::Net::ServerSocket socket) const;

  const Site& site_;
  const ServerContext* tls_;
  Poco::ThreadPool threads_;
  Poco::ThreadPool admin_threads_;
  EventedListener http_;
  std::list<Listener> https_;
  std::list<Listener> admin_;
};

}  // namespace mailconf::server
