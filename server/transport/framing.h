// Where a request ends among the octets of a connection (RFC 9112 §2, §6.3), as far as that is plain to see.
#pragma once

#include <cstddef>
#include <string_view>

namespace mailconf::server {

enum class Arrival {
  incomplete,  // more octets are needed to tell
  whole,
  unusual,  // without a plain length, too long, or no HTTP: for somebody who reads it bit by bit
};

struct Framed {
  Arrival arrival = Arrival::incomplete;
  std::size_t size = 0;  // of the whole request, from the first octet on
};

Framed frame(std::string_view octets);

}  // namespace mailconf::server
