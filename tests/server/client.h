// A client that sends exactly the octets it is told to.
#pragma once

#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>
#include <map>
#include <string>

namespace mailconf::testing {

struct Reply {
  int status = 0;                              // 0: the connection was closed without an answer
  std::string version;                         // "HTTP/1.1"
  std::map<std::string, std::string> headers;  // names lower-case
  std::string body;

  // Empty when the field is missing.
  [[nodiscard]] std::string header(const std::string& name) const;
};

class Client {
 public:
  explicit Client(const Poco::Net::SocketAddress& address);
  explicit Client(Poco::Net::StreamSocket socket) : socket_(std::move(socket)) {}

  void send(const std::string& octets);
  // The next answer on the connection; without the body when that of a HEAD request is read.
  Reply read(bool head = false);
  // Waits for the server to close; false when octets come instead.
  bool is_closed_by_the_server();

 private:
  // False when the connection ends first.
  bool fill();

  Poco::Net::StreamSocket socket_;
  std::string buffer_;
};

// One request on a connection of its own.
Reply ask(const Poco::Net::SocketAddress& address, const std::string& octets);

}  // namespace mailconf::testing
