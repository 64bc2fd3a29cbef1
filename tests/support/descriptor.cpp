#include "support/descriptor.h"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <system_error>
#include <unistd.h>

namespace mailconf::testing {
namespace {

void must(bool good, const char* what) {
  if (!good) throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

Descriptor::~Descriptor() {
  if (value_ >= 0) ::close(value_);
}

SocketAddress socket_address(const std::string& address, std::uint16_t port) {
  SocketAddress result;
  auto* v4 = reinterpret_cast<sockaddr_in*>(&result.storage);
  auto* v6 = reinterpret_cast<sockaddr_in6*>(&result.storage);
  if (inet_pton(AF_INET, address.c_str(), &v4->sin_addr) == 1) {
    v4->sin_family = AF_INET;
    v4->sin_port = htons(port);
    result.size = sizeof *v4;
    return result;
  }
  result.storage = {};
  must(inet_pton(AF_INET6, address.c_str(), &v6->sin6_addr) == 1, address.c_str());
  v6->sin6_family = AF_INET6;
  v6->sin6_port = htons(port);
  result.size = sizeof *v6;
  return result;
}

Descriptor bound_socket(int type, const std::string& address, std::uint16_t port) {
  const auto local = socket_address(address, port);
  Descriptor socket(::socket(local.storage.ss_family, type | SOCK_CLOEXEC, 0));
  must(socket.get() >= 0, "socket");
  const int on = 1;
  ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  must(::bind(socket.get(), local.get(), local.size) == 0, "bind");
  return socket;
}

std::uint16_t port_of(const Descriptor& socket) {
  SocketAddress local;
  local.size = sizeof local.storage;
  must(::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&local.storage), &local.size) == 0, "getsockname");
  if (local.storage.ss_family == AF_INET) return ntohs(reinterpret_cast<const sockaddr_in*>(&local.storage)->sin_port);
  return ntohs(reinterpret_cast<const sockaddr_in6*>(&local.storage)->sin6_port);
}

std::pair<Descriptor, Descriptor> wake_pipe() {
  std::array<int, 2> ends{};
  must(::pipe(ends.data()) == 0, "pipe");
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

}  // namespace mailconf::testing
