// Sockets for plain HTTP that everybody may ask, and their connections, which cost no thread while nothing arrives.
#pragma once

#include <Poco/AutoPtr.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/TCPServerDispatcher.h>
#include <Poco/ThreadPool.h>
#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>

#include "server/transport/event_loop.h"
#include "server/transport/evented_connection.h"

namespace mailconf::server {

class EventedListener {
 public:
  // `threads` are for what takes time; `site` and they outlive the listener.
  EventedListener(const Site& site, Poco::ThreadPool& threads);
  ~EventedListener();

  // Accepts from the socket, which is bound and listens.
  void listen(const Poco::Net::ServerSocket& socket);
  [[nodiscard]] std::vector<Poco::Net::SocketAddress> addresses() const;

  // Accepts no more connections; those that are open go on.
  void stop();
  // Waits for their end, which Connections::drain() brings.
  void finish();

 private:
  class Door;
  class Guest;
  using Guests = std::list<Guest>;

  // Null when nobody waits at the door.
  EventLoop::Waiter* next_guest(const Poco::Net::ServerSocket& door);
  // Null when there is no room for another one.
  Guest* seat(const Poco::Net::StreamSocket& socket);
  void serve(Guest& guest, EventedConnection::Need (EventedConnection::*step)());
  void provide(Guest& guest, EventedConnection::Need need);
  void give_thread(Guest& guest);
  void hand_to_reader(Guest& guest);
  void see_off(Guest& guest);
  void remove(Guest& guest);

  const Site& site_;
  Poco::ThreadPool& threads_;
  Poco::AutoPtr<Poco::Net::TCPServerDispatcher> readers_;
  std::mutex mutex_;
  std::condition_variable left_;
  Guests guests_;
  std::list<Door> doors_;
  EventLoop loop_;
};

}  // namespace mailconf::server
