// A server in the test's own process that follows a script, one thread a connection.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "support/descriptor.h"
#include "support/test_ca.h"

struct ssl_st;

namespace mailconf::testing {

// One accepted connection as the server sees it. Calls block; they fail when the client, or the end of the test, has
// closed the connection.
class Conversation {
 public:
  explicit Conversation(Descriptor socket);
  ~Conversation();
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  bool send(std::string_view bytes);
  // Without its line end; empty when there is none any more.
  std::string read_line();
  // So many, or fewer when there are no more.
  std::string read_octets(std::size_t count);
  // The header of an HTTP request.
  std::string read_request();
  bool start_tls(const Identity& identity);
  // The name that the client asked for in the handshake.
  [[nodiscard]] std::string server_name() const;
  // True when the client took leave of TLS first.
  bool wait_for_close();
  // Waits for the client to close, or to send something; without TLS only.
  bool closes_within(std::chrono::milliseconds time);
  // Closes with RST.
  void reset();

 private:
  friend class TcpServer;
  bool read_octet(char& octet);

  Descriptor socket_;
  ssl_st* tls_ = nullptr;
};

class TcpServer {
 public:
  using Script = std::function<void(Conversation&)>;

  explicit TcpServer(Script script, const std::string& address = "127.0.0.1", std::uint16_t port = 0);
  ~TcpServer();
  TcpServer(const TcpServer&) = delete;
  TcpServer& operator=(const TcpServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::size_t accepted() const;
  // The most connections that were open at once.
  [[nodiscard]] std::size_t peak() const;
  // False when that many connections do not become open within ten seconds.
  bool wait_until_open(std::size_t count);

 private:
  struct Guest {
    std::unique_ptr<Conversation> conversation;
    std::thread thread;
  };
  void run();
  void receive();

  Script script_;
  Descriptor listener_;
  std::uint16_t port_;
  std::pair<Descriptor, Descriptor> stop_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t accepted_ = 0;
  std::size_t open_ = 0;
  std::size_t peak_ = 0;
  std::list<Guest> guests_;
  std::thread thread_;
};

// A port where connections are neither accepted nor refused, as behind a firewall that drops packets.
class SilentPort {
 public:
  explicit SilentPort(const std::string& address = "127.0.0.1", std::uint16_t port = 0);
  [[nodiscard]] std::uint16_t port() const { return port_of(listener_); }

 private:
  Descriptor listener_;
  std::vector<Descriptor> crowd_;  // fills the queue of the listener, which nobody empties
};

// A port that refuses: bound by nobody who listens.
class RefusingPort {
 public:
  explicit RefusingPort(const std::string& address = "127.0.0.1") : socket_(bound_socket(SOCK_STREAM, address, 0)) {}
  [[nodiscard]] std::uint16_t port() const { return port_of(socket_); }

 private:
  Descriptor socket_;
};

}  // namespace mailconf::testing
