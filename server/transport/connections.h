// The connections that are open, each with the moment by which it must have got further. Poco bounds every single read
// and write; only a deadline over all of them ends a client that sends an octet now and then.
//
// Safe from any thread.
#pragma once

#include <Poco/Net/StreamSocket.h>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>
#include <thread>

#include "server/limits.h"
#include "server/operation/clients.h"

namespace mailconf::server {

class Connections {
 public:
  using Clock = std::chrono::steady_clock;

 private:
  struct Watched {
    int descriptor;  // our own: the connection's number may belong to another one by the time it is used
    std::atomic<Clock::time_point> deadline;
  };
  using List = std::list<Watched>;

 public:
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

    // The connection must get further within that time, from now on.
    void allow(std::chrono::milliseconds time) { watched_->deadline = Clock::now() + time; }

   private:
    Connections& connections_;
    List::iterator watched_;
    Poco::Net::IPAddress client_;
  };

  // Requests that have arrived are answered; nothing more is read, and what is not done in `drain_time` is cut off.
  void drain();

 private:
  List::iterator add(const Poco::Net::StreamSocket& socket);
  void remove(List::iterator watched);
  void cut_off_the_late(const std::stop_token& stop);

  const Limits limits_;
  Clients& clients_;
  std::mutex mutex_;
  std::condition_variable_any stopped_;
  List watched_;
  Clock::time_point end_ = Clock::time_point::max();  // of them all, once they are drained
  std::jthread watchdog_;
};

}  // namespace mailconf::server
