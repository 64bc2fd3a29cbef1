// Sockets of the test servers.
#pragma once

#include <cstdint>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <utility>

namespace mailconf::testing {

class Descriptor {
 public:
  explicit Descriptor(int value = -1) : value_(value) {}
  Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  ~Descriptor();
  [[nodiscard]] int get() const { return value_; }

 private:
  int value_;
};

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;
  [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};
SocketAddress socket_address(const std::string& address, std::uint16_t port);

// Bound to the address; port 0 lets the system choose. Throws std::system_error.
Descriptor bound_socket(int type, const std::string& address, std::uint16_t port);
std::uint16_t port_of(const Descriptor& socket);

// Both ends of a pipe that wakes a thread waiting in poll().
std::pair<Descriptor, Descriptor> wake_pipe();

}  // namespace mailconf::testing
