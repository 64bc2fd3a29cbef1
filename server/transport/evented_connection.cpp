#include "server/transport/evented_connection.h"

#include <Poco/MemoryStream.h>
#include <Poco/Net/HTTPRequest.h>
#include <array>
#include <cerrno>
#include <sys/socket.h>

#include "server/transport/framing.h"

namespace mailconf::server {
namespace {

using Need = EventedConnection::Need;
using Octets = std::array<char, std::size_t{16} * 1024>;

bool is_for_later() { return errno == EAGAIN || errno == EINTR; }

}  // namespace

EventedConnection::EventedConnection(Poco::Net::StreamSocket socket, const Site& site)
    : socket_(std::move(socket)), site_(site), peer_(peer_of(socket_)), watch_(site.connections, socket_) {}

Need EventedConnection::go_on() {
  if (const auto need = send_rest()) return *need;
  if (ending_) return throw_away();
  return receive() ? answer_all(Patience::none) : Need::end;
}

Need EventedConnection::carry_on() {
  watch_.allow(site_.limits.request_time);
  return answer_all(Patience::waits);
}

Need EventedConnection::answer_all(Patience patience) {
  for (;;) {
    const auto framed = frame(unread_);
    if (framed.arrival == Arrival::unusual) return Need::reader;
    if (framed.arrival == Arrival::incomplete) return Need::octets;
    if (const auto need = answer(framed.size, patience)) return *need;
    if (const auto need = send_rest()) return *need;
    if (ending_) return throw_away();
    if (unread_.empty()) watch_.allow(site_.limits.idle_time);
  }
}

std::optional<Need> EventedConnection::answer(std::size_t size, Patience patience) try {
  Poco::MemoryInputStream stream(unread_.data(), static_cast<std::streamsize>(size));
  Poco::Net::HTTPRequest header;
  header.read(stream);
  const bool last = answered_ + 1 >= site_.limits.requests_per_connection;
  auto reply = Exchange(site_, Audience::everyone, patience).answer({header, stream, peer_}, last);
  unread_.erase(0, size);
  unsent_ = std::move(reply.octets);
  ending_ = !reply.keep_alive;
  ++answered_;
  return std::nullopt;
} catch (const MustWait&) {
  return Need::thread;
} catch (const Poco::Exception&) {
  return Need::reader;
}

std::optional<Need> EventedConnection::send_rest() {
  while (!unsent_.empty()) {
    const auto sent = ::send(descriptor(), unsent_.data(), unsent_.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0) return is_for_later() ? Need::room : Need::end;
    unsent_.erase(0, static_cast<std::size_t>(sent));
  }
  return std::nullopt;
}

// False when nothing more will come.
bool EventedConnection::receive() {
  Octets octets;
  const auto received = ::recv(descriptor(), octets.data(), octets.size(), MSG_DONTWAIT);
  if (received < 0) return is_for_later();
  if (unread_.empty()) watch_.allow(site_.limits.request_time);
  unread_.append(octets.data(), static_cast<std::size_t>(received));
  return received > 0;
}

// Closing over unread octets would reset the connection, and the client might lose the answer (RFC 9112 §9.6). The
// connection's deadline bounds the time.
Need EventedConnection::throw_away() {
  ::shutdown(descriptor(), SHUT_WR);
  Octets octets;
  const auto received = ::recv(descriptor(), octets.data(), octets.size(), MSG_DONTWAIT);
  return received > 0 || (received < 0 && is_for_later()) ? Need::octets : Need::end;
}

}  // namespace mailconf::server
