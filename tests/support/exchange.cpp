#include "support/exchange.h"

#include <algorithm>
#include <fmt/core.h>
#include <utility>

#include "model/host.h"
#include "protocol/limits.h"

namespace mailconf::simulated {
namespace {

constexpr Duration attempt_delay = std::chrono::milliseconds(250);  // RFC 8305 §5

// Until a packet is repeated: a second as long as the round trip is not known (RFC 6298 §2.1), then the round trip and
// the least that Linux adds to it.
constexpr Duration first_patience = std::chrono::seconds(1);
constexpr Duration added_patience = std::chrono::milliseconds(200);

// IPv6 first, then the families in turn (RFC 8305 §4).
std::vector<std::string> interleave(const std::vector<std::string>& addresses) {
  std::vector<std::string> six;
  std::vector<std::string> four;
  for (const auto& each : addresses) (each.find(':') == std::string::npos ? four : six).push_back(each);
  std::vector<std::string> result;
  for (std::size_t i = 0; i < std::max(six.size(), four.size()); ++i) {
    if (i < six.size()) result.push_back(six[i]);
    if (i < four.size()) result.push_back(four[i]);
  }
  return result;
}

}  // namespace

Answer Exchange::expire() const { return Failure{FailureKind::timed_out, "time ran out while " + phase_}; }

void Exchange::later(Duration delay, std::function<void()> step) {
  internet_.events.at(internet_.events.now() + delay, weak_from_this(), std::move(step));
}

void Exchange::finish(Answer answer) {
  if (const auto done = std::exchange(done_, nullptr)) done(std::move(answer));
}

ConnectedExchange::~ConnectedExchange() {
  for (const auto socket : sockets_) internet_.sockets.close(socket);
}

void ConnectedExchange::begin() {
  if (internet_.world.offline) return fail_with(FailureKind::offline, "there is no network");
  if (is_address_literal(host_)) return race({host_});
  phase_ = "looking up " + host_;
  internet_.look_up({RecordType::addresses, host_}, weak_from_this(),
                    [this](const Answer& answer) { on_name(answer); });
}

void ConnectedExchange::on_name(const Answer& answer) {
  if (const auto* failure = std::get_if<Failure>(&answer)) return finish(*failure);
  const auto& found = std::get<DnsAnswer>(answer);
  if (!found.exists) return fail_with(FailureKind::no_such_name, host_ + " does not exist");
  if (found.addresses.empty()) return fail_with(FailureKind::no_such_name, host_ + " has no address");
  race(found.addresses);
}

void ConnectedExchange::race(std::vector<std::string> addresses) {
  std::erase_if(addresses, [this](const auto& each) { return !internet_.may_connect(each); });
  if (addresses.empty())
    return fail_with(FailureKind::address_not_public, host_ + " leads to an address that is not public");
  candidates_ = interleave(addresses);
  candidates_.resize(std::min(candidates_.size(), limits::addresses_per_host));
  phase_ = fmt::format("connecting to {}:{}", host_, number_);
  dial_next();
}

void ConnectedExchange::dial_next() {
  if (candidates_.empty() || peer_) return;
  const auto address = candidates_.front();
  candidates_.erase(candidates_.begin());
  ++running_;
  const auto dial_then = [this, guard = weak_from_this(), address](SocketPool::Id socket) {
    if (guard.lock()) later({}, [this, address, socket] { dial(address, socket); });
  };
  sockets_.push_back(internet_.sockets.request(owner_, address, dial_then));
}

void ConnectedExchange::dial(const std::string& address, SocketPool::Id socket) {
  if (peer_) return;
  internet_.dialled.push_back({internet_.events.now(), address, number_});
  const auto& found = port_at(internet_.world, address, number_);
  const auto* host = host_at(internet_.world, address);
  const auto round_trip = (host ? host->round_trip : internet_.world.round_trip) + internet_.lost_time(first_patience);
  const auto place = fmt::format("{}:{} at {}", host_, number_, address);
  switch (found.reach) {
    case Reach::open:
      later(round_trip, [this, address, &found, socket] { on_reached(address, found, socket); });
      break;
    case Reach::refuse:
      later(round_trip, [this, place, socket] {
        on_failed(socket, {FailureKind::refused, place + " refuses connections"});
      });
      break;
    case Reach::unreachable:
      later(round_trip, [this, place, socket] {
        on_failed(socket, {FailureKind::unreachable, place + " cannot be reached"});
      });
      break;
    case Reach::drop:
      break;
  }
  later(attempt_delay, [this, newest = ++dialled_] {
    if (newest == dialled_) dial_next();
  });
}

void ConnectedExchange::on_reached(const std::string& address, const Port& found, SocketPool::Id socket) {
  if (peer_) return;
  address_ = address;
  port_ = &found;
  peer_ = host_at(internet_.world, address);
  for (const auto each : sockets_) {
    if (each != socket) internet_.sockets.close(each);
  }
  sockets_ = {socket};
  if (found.service == PortService::reset)
    return after_round_trip("", {}, [this] { fail_with(FailureKind::closed, host_ + " reset the connection"); });
  on_connected();
}

void ConnectedExchange::on_failed(SocketPool::Id socket, Failure failure) {
  if (peer_) return;
  std::erase(sockets_, socket);
  internet_.sockets.close(socket);
  --running_;
  if (!first_failure_) first_failure_ = std::move(failure);
  if (!candidates_.empty()) return dial_next();
  if (running_ == 0) finish(*first_failure_);
}

void ConnectedExchange::after_round_trip(std::string_view what, Duration extra, std::function<void()> step) {
  const auto jitter = what.empty() ? Duration{} : internet_.jitter(what);
  const auto lost = internet_.lost_time(peer_->round_trip + added_patience);
  later(peer_->round_trip + peer_->think + port_->think + extra + jitter + lost, std::move(step));
}

void ConnectedExchange::handshake(std::function<void()> established) {
  phase_ = fmt::format("encrypting the connection to {}:{}", host_, number_);
  if (port_->service == PortService::silent) return;
  after_round_trip("", {}, [this, established = std::move(established)] {
    if (port_->tls_fails) return fail_with(FailureKind::tls_failed, host_ + " ended the TLS handshake with an alert");
    established();
  });
}

TlsFacts ConnectedExchange::tls_facts() const {
  return {"TLSv1.3",      "TLS_AES_256_GCM_SHA384",    certificate_verdict(), port_->certificate.names,
          "Simulated CA", port_->certificate.not_after};
}

Duration transfer_time(const Port& port, std::size_t octets) {
  if (port.octets_a_second == 0) return {};
  return std::chrono::microseconds(octets * 1'000'000 / port.octets_a_second);
}

}  // namespace mailconf::simulated
