// The connections that are open, each with the moment by which it must have got further. Poco bounds every single read
// and write; only a deadline over all of them ends a client that sends an octet now and then.
//
// Safe from any thread.
#pragma once

#include <Poco/Net/SocketImpl.h>
#include <Poco/Net/StreamSocket.h>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "server/limits.h"
#include "server/operation/clients.h"

namespace mailconf::server {

class Connections {
 public:
  using Clock = std::chrono::steady_clock;

  // `clients` outlives the object.
  Connections(const Limits& limits, Clients& clients);
  ~Connections();

  // Watches the connection of the socket while it lives.
  class Watch {
   public:
    Watch(Connections& connections, const Poco::Net::StreamSocket& socket);
    ~Watch();
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

   private:
    Connections& connections_;
    const Poco::Net::SocketImpl* connection_;
    Poco::Net::IPAddress client_;
  };

  // A request has arrived, or has been answered.
  void request_begins(const Poco::Net::SocketImpl* connection);
  void request_ends(const Poco::Net::SocketImpl* connection);

  // Requests that have arrived are answered; nothing more is read, and what is not done in `drain_time` is cut off.
  void drain();

 private:
  struct Watched {
    int descriptor;  // our own: the connection's number may belong to another one by the time it is used
    Clock::time_point deadline;
  };

  void add(const Poco::Net::SocketImpl* connection);
  void remove(const Poco::Net::SocketImpl* connection);
  void postpone(const Poco::Net::SocketImpl* connection, std::chrono::milliseconds time);
  void cut_off_the_late(const std::stop_token& stop);

  const Limits limits_;
  Clients& clients_;
  std::mutex mutex_;
  std::condition_variable_any stopped_;
  std::map<const Poco::Net::SocketImpl*, Watched> watched_;
  bool draining_ = false;
  std::jthread watchdog_;
};

}  // namespace mailconf::server
