#include "server/connections.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace mailconf::server {

using Poco::Net::SocketImpl;

Connections::Connections(const Limits& limits, Clients& clients)
    : limits_(limits), clients_(clients), watchdog_([this](const std::stop_token& stop) { cut_off_the_late(stop); }) {}

Connections::~Connections() {
  watchdog_.request_stop();
  watchdog_.join();
  for (const auto& [connection, watched] : watched_) ::close(watched.descriptor);
}

Connections::Watch::Watch(Connections& connections, const Poco::Net::StreamSocket& socket)
    : connections_(connections), connection_(socket.impl()), client_(peer_of(socket)) {
  connections_.add(connection_);
  connections_.clients_.connected(client_);
}

Connections::Watch::~Watch() {
  connections_.remove(connection_);
  connections_.clients_.disconnected(client_);
}

void Connections::add(const SocketImpl* connection) {
  const int descriptor = ::fcntl(connection->sockfd(), F_DUPFD_CLOEXEC, 0);
  if (descriptor < 0) return;  // out of descriptors: Poco's bounds for single reads remain
  const std::lock_guard lock(mutex_);
  watched_[connection] = {descriptor, Clock::now() + (draining_ ? limits_.drain_time : limits_.request_time)};
  if (draining_) ::shutdown(descriptor, SHUT_RD);
}

void Connections::remove(const SocketImpl* connection) {
  const std::lock_guard lock(mutex_);
  const auto found = watched_.find(connection);
  if (found == watched_.end()) return;
  ::close(found->second.descriptor);
  watched_.erase(found);
}

void Connections::postpone(const SocketImpl* connection, std::chrono::milliseconds time) {
  const std::lock_guard lock(mutex_);
  const auto found = watched_.find(connection);
  if (found != watched_.end() && !draining_) found->second.deadline = Clock::now() + time;
}

void Connections::request_begins(const SocketImpl* connection) { postpone(connection, limits_.request_time); }

void Connections::request_ends(const SocketImpl* connection) {
  postpone(connection, limits_.idle_time + limits_.request_time);
}

void Connections::drain() {
  const std::lock_guard lock(mutex_);
  draining_ = true;
  for (auto& [connection, watched] : watched_) {
    watched.deadline = Clock::now() + limits_.drain_time;
    // What has arrived can still be read, then the end of the stream follows.
    ::shutdown(watched.descriptor, SHUT_RD);
  }
}

void Connections::cut_off_the_late(const std::stop_token& stop) {
  // Often enough that nobody overstays by a tenth.
  const auto period = std::min(limits_.request_time, limits_.drain_time) / 10;
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    stopped_.wait_for(lock, stop, period, [] { return false; });
    const auto now = Clock::now();
    for (auto& [connection, watched] : watched_) {
      if (watched.deadline <= now) ::shutdown(watched.descriptor, SHUT_RDWR);
    }
  }
}

}  // namespace mailconf::server
