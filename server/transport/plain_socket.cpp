#include "server/transport/plain_socket.h"

#include <Poco/Net/ServerSocketImpl.h>
#include <Poco/Net/StreamSocketImpl.h>
#include <cerrno>
#include <chrono>
#include <poll.h>
#include <sys/socket.h>

namespace mailconf::server {
namespace {

using Poco::Net::SocketAddress;

class PlainConnection : public Poco::Net::StreamSocketImpl {
 public:
  PlainConnection(int descriptor, SocketAddress peer) : StreamSocketImpl(descriptor), peer_(std::move(peer)) {}

  // Null when there is none and the socket does not block.
  static PlainConnection* accept_at(int listening) {
    sockaddr_storage address{};
    for (;;) {
      socklen_t length = sizeof address;
      const int descriptor = ::accept4(listening, reinterpret_cast<sockaddr*>(&address), &length, SOCK_CLOEXEC);
      if (descriptor >= 0)
        return new PlainConnection(descriptor, SocketAddress(reinterpret_cast<const sockaddr*>(&address), length));
      if (errno == EAGAIN) return nullptr;
      if (errno != EINTR && errno != ECONNABORTED) error();
    }
  }

  void put_back(std::string octets) { unread_ = std::move(octets); }

  int receiveBytes(void* buffer, int length, int flags) override {
    if (unread_.empty()) return StreamSocketImpl::receiveBytes(buffer, length, flags);
    const auto count = unread_.copy(static_cast<char*>(buffer), static_cast<std::size_t>(length));
    unread_.erase(0, count);
    return static_cast<int>(count);
  }

  bool poll(const Poco::Timespan& timeout, int mode) override {
    if ((mode & SELECT_READ) != 0 && !unread_.empty()) return true;
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
  std::string unread_;
};

class PlainListener : public Poco::Net::ServerSocketImpl {
 public:
  Poco::Net::SocketImpl* acceptConnection(SocketAddress& client) override {
    auto* connection = PlainConnection::accept_at(sockfd());
    if (connection == nullptr) error(EAGAIN);
    client = connection->peerAddress();
    return connection;
  }
};

}  // namespace

PlainServerSocket::PlainServerSocket() : ServerSocket(new PlainListener, true) {}

std::optional<Poco::Net::StreamSocket> accept_plain(const Poco::Net::ServerSocket& listening) {
  auto* connection = PlainConnection::accept_at(listening.impl()->sockfd());
  return connection == nullptr ? std::nullopt : std::optional(Poco::Net::StreamSocket(connection));
}

void put_back(const Poco::Net::StreamSocket& plain, std::string octets) {
  dynamic_cast<PlainConnection&>(*plain.impl()).put_back(std::move(octets));
}

}  // namespace mailconf::server
