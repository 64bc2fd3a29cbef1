#include "server/plain_socket.h"

#include <Poco/Net/ServerSocketImpl.h>
#include <Poco/Net/StreamSocketImpl.h>
#include <cerrno>
#include <chrono>
#include <optional>
#include <poll.h>
#include <sys/socket.h>

namespace mailconf::server {
namespace {

using Poco::Net::SocketAddress;

class PlainConnection : public Poco::Net::StreamSocketImpl {
 public:
  PlainConnection(int descriptor, SocketAddress peer) : StreamSocketImpl(descriptor), peer_(std::move(peer)) {}

  bool poll(const Poco::Timespan& timeout, int mode) override {
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + std::chrono::microseconds(timeout.totalMicroseconds());
    pollfd waited{sockfd(), events_of(mode), 0};
    for (;;) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
      const int ready = ::poll(&waited, 1, static_cast<int>(std::max<std::int64_t>(0, left.count())));
      if (ready >= 0) return ready > 0;
      if (errno != EINTR) error();
    }
  }

  SocketAddress address() override {
    if (!own_) own_ = StreamSocketImpl::address();
    return *own_;
  }
  SocketAddress peerAddress() override { return peer_; }

 private:
  static short events_of(int mode) {
    int events = 0;
    if ((mode & SELECT_READ) != 0) events |= POLLIN;
    if ((mode & SELECT_WRITE) != 0) events |= POLLOUT;
    return static_cast<short>(events);
  }

  const SocketAddress peer_;
  std::optional<SocketAddress> own_;
};

class PlainListener : public Poco::Net::ServerSocketImpl {
 public:
  Poco::Net::SocketImpl* acceptConnection(SocketAddress& client) override {
    sockaddr_storage address{};
    for (;;) {
      socklen_t length = sizeof address;
      const int descriptor = ::accept4(sockfd(), reinterpret_cast<sockaddr*>(&address), &length, SOCK_CLOEXEC);
      if (descriptor >= 0) {
        client = SocketAddress(reinterpret_cast<const sockaddr*>(&address), length);
        return new PlainConnection(descriptor, client);
      }
      if (errno != EINTR) error();
    }
  }
};

}  // namespace

PlainServerSocket::PlainServerSocket() : ServerSocket(new PlainListener, true) {}

}  // namespace mailconf::server
