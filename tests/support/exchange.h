// One question on its way through the simulated internet.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "support/internet.h"

namespace mailconf::simulated {

class Exchange : public std::enable_shared_from_this<Exchange> {
 public:
  using Done = std::function<void(Answer)>;
  Exchange(Internet& internet, std::uint32_t owner, Done done)
      : internet_(internet), owner_(owner), done_(std::move(done)) {}
  virtual ~Exchange() = default;
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  virtual void begin() = 0;
  // The answer when time is up.
  [[nodiscard]] virtual Answer expire() const;

 protected:
  void later(Duration delay, std::function<void()> step);
  // The first call counts.
  void finish(Answer answer);
  void fail_with(FailureKind kind, std::string detail) { finish(Failure{kind, std::move(detail)}); }

  Internet& internet_;
  std::uint32_t owner_;
  std::string phase_;  // "looking up imap.example.org"

 private:
  Done done_;
};

// The exchange that a question needs.
std::shared_ptr<Exchange> make_exchange(Internet& internet, std::uint32_t owner, const Question& question,
                                        Exchange::Done done);

// What needs a connection: name, race of addresses (RFC 8305), handshake.
class ConnectedExchange : public Exchange {
 public:
  ConnectedExchange(Internet& internet, std::uint32_t owner, Done done, std::string host, std::uint16_t port)
      : Exchange(internet, owner, std::move(done)), host_(std::move(host)), number_(port) {}
  ~ConnectedExchange() override;
  void begin() override;

 protected:
  // A connection is up; peer(), port() and address() tell to what.
  virtual void on_connected() = 0;
  // One round trip with the server's thinking time, then `step`.
  void after_round_trip(std::string_view what, Duration extra, std::function<void()> step);
  // A TLS handshake; `established` when it succeeds, whatever the certificate.
  void handshake(std::function<void()> established);

  [[nodiscard]] const Host& peer() const { return *peer_; }
  [[nodiscard]] const Port& port() const { return *port_; }
  [[nodiscard]] const std::string& address() const { return address_; }
  [[nodiscard]] const std::string& host() const { return host_; }
  [[nodiscard]] CertificateVerdict certificate_verdict() const { return verdict(port().certificate, host_); }
  [[nodiscard]] TlsFacts tls_facts() const;

 private:
  void on_name(const Answer& answer);
  void race(std::vector<std::string> addresses);
  void dial_next();
  void dial(const std::string& address, SocketPool::Id socket);
  void on_reached(const std::string& address, const Port& found, SocketPool::Id socket);
  void on_failed(SocketPool::Id socket, Failure failure);

  std::string host_;
  std::uint16_t number_;
  std::vector<std::string> candidates_;  // still to be dialled
  std::vector<SocketPool::Id> sockets_;
  std::size_t running_ = 0;  // attempts without an outcome, waiting ones too
  std::size_t dialled_ = 0;
  std::optional<Failure> first_failure_;
  std::string address_;
  const Host* peer_ = nullptr;
  const Port* port_ = nullptr;
};

// Time to send that many octets at the port's pace.
Duration transfer_time(const Port& port, std::size_t octets);

}  // namespace mailconf::simulated
