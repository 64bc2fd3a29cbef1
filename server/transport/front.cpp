#include "server/transport/front.h"

#include <Poco/Net/NetException.h>
#include <Poco/Net/SecureServerSocket.h>

#include "server/transport/plain_socket.h"

namespace mailconf::server {
namespace {

using Poco::Net::ServerSocket;
using Poco::Net::SocketAddress;

// One administrator and one monitor.
constexpr int admin_threads = 8;
constexpr int thread_idle_seconds = 60;

std::vector<SocketAddress> addresses_of(const std::list<Listener>& listeners) {
  std::vector<SocketAddress> all;
  for (const auto& listener : listeners) all.push_back(listener.address());
  return all;
}

}  // namespace

Front::Front(const Site& site, const ServerContext* tls)
    : site_(site),
      tls_(tls),
      threads_("public", 2, site.limits.threads, thread_idle_seconds, site.limits.thread_stack),
      admin_threads_("admin", 2, admin_threads, thread_idle_seconds, site.limits.thread_stack),
      http_(site, threads_) {}

void Front::listen(const std::vector<InheritedSocket>& inherited) {
  const auto& configuration = site_.configuration;
  const auto http = sockets("http", configuration.http, inherited);
  const auto https = sockets("https", configuration.https, inherited);
  const auto admin = sockets("admin", configuration.admin ? Addresses{*configuration.admin} : Addresses{}, inherited);
  for (const auto& socket : http) http_.listen(socket.socket);
  for (const auto& socket : https) https_.emplace_back(socket, Audience::everyone, site_, threads_);
  for (const auto& socket : admin) admin_.emplace_back(socket, Audience::administrator, site_, admin_threads_);
}

void Front::stop() {
  http_.stop();
  for (auto* listeners : {&https_, &admin_}) {
    for (auto& listener : *listeners) listener.stop();
  }
}

void Front::finish() {
  http_.finish();
  threads_.joinAll();
  admin_threads_.joinAll();
}

std::vector<SocketAddress> Front::https() const { return addresses_of(https_); }
std::vector<SocketAddress> Front::admin() const { return addresses_of(admin_); }

std::vector<ListeningSocket> Front::sockets(std::string_view name, const Addresses& configured,
                                            const std::vector<InheritedSocket>& inherited) const {
  std::vector<ListeningSocket> all;
  for (const auto& socket : inherited) {
    if (socket.name == name) all.push_back(adopted(socket.descriptor, fresh(name)));
  }
  if (!all.empty()) return all;
  for (const auto& address : configured) all.push_back(bound(address, fresh(name)));
  return all;
}

ServerSocket Front::fresh(std::string_view name) const {
  if (name != "https") return PlainServerSocket();
  if (tls_ == nullptr)
    throw Poco::Net::NetException("cannot listen", "a socket for https was handed over, and https is off");
  return Poco::Net::SecureServerSocket(tls_->poco());
}

ListeningSocket Front::bound(const SocketAddress& address, ServerSocket socket) const {
  try {
    listen_at(address, site_.limits, socket);
  } catch (const Poco::Exception& fault) {
    throw Poco::Net::NetException("cannot listen at " + address.toString(), fault.displayText());
  }
  return {std::move(socket), false};
}

}  // namespace mailconf::server
