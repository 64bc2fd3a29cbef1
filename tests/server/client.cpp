#include "server/client.h"

#include <Poco/Net/NetException.h>
#include <Poco/String.h>
#include <array>

namespace mailconf::testing {
namespace {

// A server that does not answer at all fails the test instead of stopping it.
const Poco::Timespan patience(20, 0);

}  // namespace

std::string Reply::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

Client::Client(const Poco::Net::SocketAddress& address) : socket_(address) { socket_.setReceiveTimeout(patience); }

void Client::send(const std::string& octets) {
  for (std::size_t sent = 0; sent < octets.size();) {
    const auto rest = static_cast<int>(octets.size() - sent);
    sent += static_cast<std::size_t>(socket_.sendBytes(octets.data() + sent, rest));
  }
}

bool Client::fill() {
  std::array<char, 4096> chunk{};
  int received = 0;
  try {
    received = socket_.receiveBytes(chunk.data(), chunk.size());
  } catch (const Poco::Net::ConnectionResetException&) {
    return false;
  }
  buffer_.append(chunk.data(), static_cast<std::size_t>(std::max(received, 0)));
  return received > 0;
}

Reply Client::read(bool head) {
  Reply reply;
  while (buffer_.find("\r\n\r\n") == buffer_.npos) {
    if (!fill()) return reply;
  }
  const auto end = buffer_.find("\r\n\r\n");
  const auto header = buffer_.substr(0, end + 2);
  buffer_.erase(0, end + 4);
  auto line_end = header.find("\r\n");
  reply.version = header.substr(0, 8);
  reply.status = std::stoi(header.substr(9, 3));
  for (auto begin = line_end + 2; begin < header.size(); begin = line_end + 2) {
    line_end = header.find("\r\n", begin);
    const auto colon = header.find(": ", begin);
    reply.headers[Poco::toLower(header.substr(begin, colon - begin))] = header.substr(colon + 2, line_end - colon - 2);
  }
  const auto length = reply.header("content-length");
  const std::size_t size = head || length.empty() ? 0 : std::stoul(length);
  while (buffer_.size() < size && fill()) {
  }
  reply.body = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return reply;
}

bool Client::is_closed_by_the_server() { return buffer_.empty() && !fill(); }

Reply ask(const Poco::Net::SocketAddress& address, const std::string& octets) {
  Client client(address);
  client.send(octets);
  return client.read();
}

}  // namespace mailconf::testing
