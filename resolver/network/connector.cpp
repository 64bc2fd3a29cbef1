#include "network/connector.h"

#include <algorithm>
#include <fmt/core.h>

#include "model/host.h"
#include "protocol/limits.h"

namespace mailconf {
namespace {

// RFC 8305 §8: Resolution Delay and Connection Attempt Delay.
constexpr auto resolution_delay = std::chrono::milliseconds(50);
constexpr auto attempt_delay = std::chrono::milliseconds(250);

Failure not_for_proxy(const std::string& host) {
  const std::string_view what = is_address_literal(host) ? "not a public address" : "a name of the proxy's own network";
  return {FailureKind::address_not_public, fmt::format("{} is {}", host, what)};
}

}  // namespace

struct Connector::Attempt {
  Endpoint to;
  std::unique_ptr<Subscription> wish;  // for a socket, while all are taken
  SocketBudget::Slot slot;
  std::unique_ptr<Stream> stream;
};

Connector::Connector(const Facilities& facilities, std::uint32_t owner, std::string host, std::uint16_t port, Done done)
    : facilities_(facilities), owner_(owner), host_(std::move(host)), port_(port), done_(std::move(done)) {}

Connector::~Connector() = default;

void Connector::begin() {
  const auto mapped = facilities_.policy.redirected(host_, port_);
  proxy_ = facilities_.proxies.proxy_for(host_, port_);
  if (proxy_) {
    target_ = mapped.value_or(Endpoint{host_, port_});
    if (!mapped && !facilities_.policy.allows_by_proxy(host_)) return done_(tl::unexpected(not_for_proxy(host_)));
    approach(proxy_->host, proxy_->port);
  } else if (mapped) {
    v4_.push_back(*mapped);
    try_next();
  } else {
    approach(host_, port_);
  }
}

void Connector::approach(const std::string& host, std::uint16_t port) {
  approach_ = {host, port};
  if (is_address_literal(host)) {
    add(Family::v4, {host});
    try_next();
  } else {
    look_up(Family::v6);
    look_up(Family::v4);
  }
}

void Connector::look_up(Family family) {
  ++names_outstanding_;
  look_ups_.push_back(facilities_.names.look_up(family == Family::v6 ? NameType::aaaa : NameType::a, approach_.address,
                                                [this, family](const auto& result) { on_names(family, result); }));
}

void Connector::on_names(Family family, const tl::expected<DnsAnswer, Failure>& result) {
  --names_outstanding_;
  if (!result)
    name_failure_ = result.error();
  else if (!result->exists)
    exists_ = false;
  else
    add(family, result->addresses);
  const bool nothing_yet = v6_.empty() && v4_.empty();
  if (racing_) {
    if (attempts_.empty() || !timer_) try_next();
  } else if (names_outstanding_ == 0 || (family == Family::v6 && !nothing_yet)) {
    try_next();
  } else if (!nothing_yet) {
    timer_ = facilities_.loop.at(facilities_.loop.now() + resolution_delay, [this] { try_next(); });
  }
}

void Connector::add(Family family, const std::vector<std::string>& addresses) {
  for (const auto& address : addresses) {
    if (allows(address))
      (family == Family::v6 ? v6_ : v4_).push_back({address, approach_.port});
    else
      rejected_ = address;
  }
}

// The proxy is the user's own choice.
bool Connector::allows(const std::string& address) const { return proxy_ || facilities_.policy.allows(address); }

void Connector::try_next() {
  racing_ = true;
  timer_.reset();
  const auto to = next_candidate();
  if (!to) {
    if (attempts_.empty() && names_outstanding_ == 0) give_up();
    return;
  }
  auto slot = facilities_.budget.try_take(owner_, guest_of(*to));
  // The first attempt queues for a socket; another beside it is a luxury.
  if (slot || attempts_.empty()) {
    take_candidate();
    attempt(*to, std::move(slot));
  }
  timer_ = facilities_.loop.at(facilities_.loop.now() + attempt_delay, [this] { try_next(); });
}

std::optional<Endpoint> Connector::next_candidate() const {
  if (tried_ == limits::addresses_per_host || (v6_.empty() && v4_.empty())) return std::nullopt;
  const bool from_v6 = v4_.empty() || (turn_ == Family::v6 && !v6_.empty());
  return from_v6 ? v6_.front() : v4_.front();
}

void Connector::take_candidate() {
  const bool from_v6 = v4_.empty() || (turn_ == Family::v6 && !v6_.empty());
  (from_v6 ? v6_ : v4_).pop_front();
  turn_ = from_v6 ? Family::v4 : Family::v6;
  ++tried_;
}

void Connector::attempt(const Endpoint& to, SocketBudget::Slot slot) {
  auto& attempt = *attempts_.emplace_back(std::make_unique<Attempt>());
  attempt.to = to;
  attempt.slot = std::move(slot);
  if (attempt.slot) return connect(attempt);
  attempt.wish = facilities_.budget.take(owner_, guest_of(to), [this, &attempt](SocketBudget::Slot granted) {
    attempt.slot = std::move(granted);
    connect(attempt);
  });
}

void Connector::connect(Attempt& attempt) {
  attempt.stream = std::make_unique<Stream>(facilities_.loop);
  attempt.stream->connect(
      attempt.to, [this, &attempt](std::optional<Failure> failure) { on_connected(attempt, std::move(failure)); });
}

void Connector::on_connected(Attempt& connected, std::optional<Failure> failure) {
  const auto found =
      std::find_if(attempts_.begin(), attempts_.end(), [&](const auto& a) { return a.get() == &connected; });
  const auto attempt = std::move(*found);
  attempts_.erase(found);
  if (failure) {
    connect_failures_.push_back(std::move(*failure));
    return try_next();
  }
  timer_.reset();
  look_ups_.clear();
  attempts_.clear();
  on_open({attempt->to, std::move(attempt->slot), std::move(attempt->stream)});
}

void Connector::on_open(ConnectedStream connected) {
  if (!proxy_) return done_(std::move(connected));
  tunnelled_ = std::move(connected);
  auto dialogue = make_tunnel_dialogue(proxy_->kind, {target_.address, target_.port}, proxy_->account);
  tunnel_ = std::make_unique<TunnelClient>(*tunnelled_.stream, std::move(dialogue),
                                           [this](std::optional<Failure> failure) { on_tunnel(std::move(failure)); });
  tunnel_->begin();
}

void Connector::on_tunnel(std::optional<Failure> failure) {
  if (failure) return done_(tl::unexpected(std::move(*failure)));
  tunnelled_.remote = target_;
  tunnelled_.stream->leads_to(target_.text());
  done_(std::move(tunnelled_));
}

// What keeps us from the proxy says nothing about the host behind it.
void Connector::give_up() {
  const Failure failure = reason();
  done_(
      tl::unexpected(proxy_ ? Failure{FailureKind::proxy_failed, "no way to the proxy: " + failure.detail} : failure));
}

Failure Connector::reason() const {
  if (!connect_failures_.empty()) {
    // A refusal is an answer of the host; a missing route to another of its addresses says nothing about it.
    const auto refused = std::find_if(connect_failures_.begin(), connect_failures_.end(),
                                      [](const Failure& f) { return f.kind == FailureKind::refused; });
    return refused == connect_failures_.end() ? connect_failures_.front() : *refused;
  }
  if (!rejected_.empty())
    return {FailureKind::address_not_public,
            fmt::format("{} leads to {}, which is not a public address", host_, rejected_)};
  if (name_failure_) return *name_failure_;
  if (!exists_) return {FailureKind::no_such_name, fmt::format("{} does not exist (NXDOMAIN)", approach_.address)};
  return {FailureKind::no_such_name, fmt::format("{} has no address", approach_.address)};
}

std::string Connector::waiting_for() const {
  if (tunnel_) return fmt::format("no answer of the proxy about a connection to {}", target_.text());
  std::string connecting;
  for (const auto& attempt : attempts_)
    if (attempt->stream) connecting += (connecting.empty() ? "" : ", ") + attempt->to.text();
  if (!connecting.empty()) return fmt::format("no answer to the TCP connection of {}", connecting);
  if (!attempts_.empty()) return fmt::format("all sockets were taken; no connection to {} was tried", host_);
  return fmt::format("no answer of the name servers about {}", approach_.address);
}

}  // namespace mailconf
