#include "server/transport/connections.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace mailconf::server {

Connections::Connections(const Limits& limits, Clients& clients)
    : limits_(limits), clients_(clients), watchdog_([this](const std::stop_token& stop) { cut_off_the_late(stop); }) {}

Connections::~Connections() {
  watchdog_.request_stop();
  watchdog_.join();
}

Connections::Watch::Watch(Connections& connections, const Poco::Net::StreamSocket& socket)
    : connections_(connections), watched_(connections.add(socket)), client_(peer_of(socket)) {
  connections_.clients_.connected(client_);
}

Connections::Watch::~Watch() {
  connections_.remove(watched_);
  connections_.clients_.disconnected(client_);
}

Connections::List::iterator Connections::add(const Poco::Net::StreamSocket& socket) {
  // Out of descriptors: Poco's bounds for single reads remain.
  const int descriptor = ::fcntl(socket.impl()->sockfd(), F_DUPFD_CLOEXEC, 0);
  const std::lock_guard lock(mutex_);
  if (end_ != Clock::time_point::max()) ::shutdown(descriptor, SHUT_RD);
  return watched_.emplace(watched_.end(), descriptor, Clock::now() + limits_.request_time);
}

void Connections::remove(List::iterator watched) {
  const std::lock_guard lock(mutex_);
  if (watched->descriptor >= 0) ::close(watched->descriptor);
  watched_.erase(watched);
}

void Connections::drain() {
  const std::lock_guard lock(mutex_);
  end_ = Clock::now() + limits_.drain_time;
  // What has arrived can still be read, then the end of the stream follows.
  for (const auto& watched : watched_) ::shutdown(watched.descriptor, SHUT_RD);
}

void Connections::cut_off_the_late(const std::stop_token& stop) {
  // Often enough that nobody overstays by a tenth.
  const auto period = std::min(limits_.request_time, limits_.drain_time) / 10;
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    stopped_.wait_for(lock, stop, period, [] { return false; });
    const auto now = Clock::now();
    for (const auto& watched : watched_) {
      if (std::min(watched.deadline.load(), end_) <= now) ::shutdown(watched.descriptor, SHUT_RDWR);
    }
  }
}

}  // namespace mailconf::server
