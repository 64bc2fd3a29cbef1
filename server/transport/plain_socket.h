// Poco's sockets for http with connections that wait by poll(2) and keep their addresses: Poco makes and closes an
// epoll set for each wait and asks the kernel for both addresses at each request, five system calls of eight.
#pragma once

#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/StreamSocket.h>
#include <optional>
#include <string>

namespace mailconf::server {

class PlainServerSocket : public Poco::Net::ServerSocket {
 public:
  PlainServerSocket();
};

// The next connection; nothing when none is there and the socket does not block. Throws Poco::Exception.
std::optional<Poco::Net::StreamSocket> accept_plain(const Poco::Net::ServerSocket& listening);

// Octets that were read from such a connection already are the first that are read from it.
void put_back(const Poco::Net::StreamSocket& plain, std::string octets);

}  // namespace mailconf::server
