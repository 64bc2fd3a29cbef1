// A connection of plain HTTP that holds no thread while it waits. Requests that have arrived whole are answered from
// memory; what takes time is for a thread, and what is not plain to see for Poco's reader.
#pragma once

#include <Poco/Net/StreamSocket.h>
#include <optional>
#include <string>

#include "server/transport/connections.h"
#include "server/transport/exchange.h"

namespace mailconf::server {

class EventedConnection {
 public:
  // What it needs to go on.
  enum class Need {
    octets,  // more of them from the client
    room,    // for what is still to be sent
    thread,  // one that may wait: carry_on()
    reader,  // of its own, for the rest of its life: take_unread() holds what was read already
    end,
  };

  // `site` outlives the connection.
  EventedConnection(Poco::Net::StreamSocket socket, const Site& site);

  [[nodiscard]] const Poco::Net::StreamSocket& socket() const { return socket_; }
  [[nodiscard]] int descriptor() const { return socket_.impl()->sockfd(); }
  std::string take_unread() { return std::move(unread_); }

  // Octets have come, or room has.
  Need go_on();
  // The same, from a thread that may wait.
  Need carry_on();

 private:
  Need answer_all(Patience patience);
  // Nothing when an answer was made.
  std::optional<Need> answer(std::size_t size, Patience patience);
  // Nothing when all was sent.
  std::optional<Need> send_rest();
  bool receive();
  Need throw_away();

  Poco::Net::StreamSocket socket_;
  const Site& site_;
  const Poco::Net::IPAddress peer_;
  Connections::Watch watch_;
  std::string unread_;
  std::string unsent_;
  int answered_ = 0;
  bool ending_ = false;  // nothing is answered any more
};

}  // namespace mailconf::server
