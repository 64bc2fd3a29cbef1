// What the server has done, counted, in the words of Prometheus (text format 0.0.4). No label holds what a client can
// choose freely: the number of series is bounded.
//
// Safe from any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace mailconf::server {

// What came of asking for a domain.
enum class DomainKnown { not_asked, yes, no };

struct ServedRequest {
  // The texts live as long as the program: they are words of tables.
  std::string_view format;  // of the table of routes; empty when nothing is published under the path
  int status = 0;
  DomainKnown domain = DomainKnown::not_asked;
  std::string_view client;  // as client_family() says
  std::chrono::microseconds elapsed{0};
};

class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  void served(const ServedRequest& request);
  // A TLS handshake, or what followed it, ended in this alert (RFC 8446 §6): "protocol version" for a client that
  // speaks nothing newer than TLS 1.1. `by` is "client" or "server".
  void tls_alert(std::string_view by, const char* alert);
  // A connection or a request of a client that has too many of them.
  void turned_away(std::string_view what);
  // A user name was "found", is "absent", could not be asked for ("failed"), or was not for the queue ("refused").
  void login_looked_up(std::string_view outcome);
  void loaded(std::size_t domains, std::size_t errors);
  void could_not_load();

  [[nodiscard]] std::string text() const;

 private:
  struct Families;
  std::unique_ptr<Families> families_;
};

}  // namespace mailconf::server
