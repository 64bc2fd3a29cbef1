// Poco's listening socket for http with connections that wait by poll(2) and keep their addresses: Poco makes and
// closes an epoll set for each wait and asks the kernel for both addresses at each request, five system calls of eight.
#pragma once

#include <Poco/Net/ServerSocket.h>

namespace mailconf::server {

class PlainServerSocket : public Poco::Net::ServerSocket {
 public:
  PlainServerSocket();
};

}  // namespace mailconf::server
