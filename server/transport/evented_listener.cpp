#include "server/transport/evented_listener.h"

#include <Poco/Exception.h>
#include <chrono>
#include <sys/epoll.h>
#include <thread>

#include "server/transport/plain_socket.h"
#include "server/transport/threaded.h"

namespace mailconf::server {

using Need = EventedConnection::Need;
using Poco::Net::StreamSocket;

// Where connections come in.
class EventedListener::Door : public EventLoop::Waiter {
 public:
  Door(EventedListener& listener, const Poco::Net::ServerSocket& socket)
      : listener_(listener), socket_(socket), address_(socket.address()) {
    socket_.setBlocking(false);
  }

  [[nodiscard]] const Poco::Net::SocketAddress& address() const { return address_; }

  void open() {
    const std::lock_guard lock(mutex_);
    listener_.loop_.wait_for(socket_.impl()->sockfd(), EPOLLIN, *this);
  }

  void close() {
    const std::lock_guard lock(mutex_);
    if (std::exchange(closed_, true)) return;
    listener_.loop_.forget(socket_.impl()->sockfd());
    socket_.close();
  }

  void on_event() override {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    try {
      // What the guest sends may be there already.
      while (auto* guest = listener_.next_guest(socket_)) guest->on_event();
    } catch (const Poco::Exception&) {
      // Out of descriptors: others must end before anybody can be let in.
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    listener_.loop_.wait_for(socket_.impl()->sockfd(), EPOLLIN, *this);
  }

 private:
  EventedListener& listener_;
  Poco::Net::ServerSocket socket_;
  const Poco::Net::SocketAddress address_;
  std::mutex mutex_;
  bool closed_ = false;
};

// A connection and where it stands among the others. Whoever was called for it has it alone, until it waits again.
class EventedListener::Guest : public EventLoop::Waiter, public Poco::Runnable {
 public:
  Guest(EventedListener& listener, const StreamSocket& socket)
      : listener_(listener), connection_(socket, listener.site_) {}

  void on_event() override { listener_.serve(*this, &EventedConnection::go_on); }
  void run() override { listener_.serve(*this, &EventedConnection::carry_on); }
  [[nodiscard]] EventedConnection& connection() { return connection_; }

  Guests::iterator place;

 private:
  EventedListener& listener_;
  EventedConnection connection_;
};

EventedListener::EventedListener(const Site& site, Poco::ThreadPool& threads)
    : site_(site),
      threads_(threads),
      readers_(new Poco::Net::TCPServerDispatcher(threaded_connections(site, Audience::everyone), threads,
                                                  http_parameters(site.limits))) {}

EventedListener::~EventedListener() {
  stop();
  finish();
}

void EventedListener::listen(const Poco::Net::ServerSocket& socket) { doors_.emplace_back(*this, socket).open(); }

std::vector<Poco::Net::SocketAddress> EventedListener::addresses() const {
  std::vector<Poco::Net::SocketAddress> all;
  for (const auto& door : doors_) all.push_back(door.address());
  return all;
}

void EventedListener::stop() {
  for (auto& door : doors_) door.close();
}

void EventedListener::finish() {
  std::unique_lock lock(mutex_);
  left_.wait(lock, [this] { return guests_.empty(); });
  readers_->stop();
}

// The socket is the guest's alone: whoever sees it off closes it.
EventLoop::Waiter* EventedListener::next_guest(const Poco::Net::ServerSocket& door) {
  while (const auto socket = accept_plain(door)) {
    if (!is_let_in(*socket, site_)) continue;
    if (auto* guest = seat(*socket)) return guest;
    site_.metrics.turned_away("connection");
  }
  return nullptr;
}

EventedListener::Guest* EventedListener::seat(const StreamSocket& socket) {
  const std::lock_guard lock(mutex_);
  if (guests_.size() >= site_.limits.connections) return nullptr;
  auto& guest = guests_.emplace_back(*this, socket);
  guest.place = std::prev(guests_.end());
  return &guest;
}

// Nothing that goes wrong with one connection hurts another.
void EventedListener::serve(Guest& guest, Need (EventedConnection::*step)()) try {
  provide(guest, (guest.connection().*step)());
} catch (const std::exception& fault) {
  site_.log.error(std::string("a connection failed: ") + fault.what());
  see_off(guest);
}

void EventedListener::provide(Guest& guest, Need need) {
  const int descriptor = guest.connection().descriptor();
  switch (need) {
    case Need::octets:
      return loop_.wait_for(descriptor, EPOLLIN, guest);
    case Need::room:
      return loop_.wait_for(descriptor, EPOLLOUT, guest);
    case Need::thread:
      return give_thread(guest);
    case Need::reader:
      return hand_to_reader(guest);
    case Need::end:
      return see_off(guest);
  }
}

// Refused when all are busy: better at once than late.
void EventedListener::give_thread(Guest& guest) try { threads_.start(guest); } catch (const Poco::Exception&) {
  see_off(guest);
}

void EventedListener::hand_to_reader(Guest& guest) {
  const auto socket = guest.connection().socket();
  put_back(socket, guest.connection().take_unread());
  // Before the reader may close it, and another connection have its number.
  loop_.forget(guest.connection().descriptor());
  readers_->enqueue(socket);
  remove(guest);
}

void EventedListener::see_off(Guest& guest) {
  loop_.forget(guest.connection().descriptor());
  remove(guest);
}

void EventedListener::remove(Guest& guest) {
  const std::lock_guard lock(mutex_);
  guests_.erase(guest.place);
  if (guests_.empty()) left_.notify_all();
}

}  // namespace mailconf::server
