#include "server/operation/clients.h"

#include <algorithm>
#include <cstring>

namespace mailconf::server {

using Poco::Net::IPAddress;

bool Clients::may_ask(const IPAddress& client, Time now) {
  if (!is_stranger(client)) return true;
  const std::lock_guard lock(mutex_);
  if (allowances_.size() >= limits_.remembered) forget_the_idle(now);
  // Rather one client too many than one too few.
  const auto key = key_of(client);
  if (allowances_.size() >= limits_.remembered && !allowances_.contains(key)) return true;
  auto& allowance = allowances_.try_emplace(key, Allowance{limits_.burst, now}).first->second;
  allowance = {refilled(allowance, now), now};
  if (allowance.left < 1) return false;
  allowance.left -= 1;
  return true;
}

void Clients::take_back(const IPAddress& client) {
  const std::lock_guard lock(mutex_);
  const auto found = allowances_.find(key_of(client));
  if (found != allowances_.end()) found->second.left += 1;
}

double Clients::refilled(const Allowance& allowance, Time now) const {
  const std::chrono::duration<double> passed = now - allowance.at;
  return std::min(limits_.burst, allowance.left + passed.count() * limits_.requests_per_second);
}

void Clients::forget_the_idle(Time now) {
  std::erase_if(allowances_, [&](const auto& entry) { return refilled(entry.second, now) >= limits_.burst; });
}

void Clients::connected(const IPAddress& client) {
  const std::lock_guard lock(mutex_);
  ++connections_[key_of(client)];
}

void Clients::disconnected(const IPAddress& client) {
  const std::lock_guard lock(mutex_);
  const auto found = connections_.find(key_of(client));
  if (found != connections_.end() && --found->second == 0) connections_.erase(found);
}

bool Clients::may_connect(const IPAddress& client) const {
  if (!is_stranger(client)) return true;
  const std::lock_guard lock(mutex_);
  const auto found = connections_.find(key_of(client));
  return found == connections_.end() || found->second < limits_.connections;
}

Clients::Key Clients::key_of(const IPAddress& client) {
  const auto address = unmapped(client);
  Key key{};
  key[0] = static_cast<unsigned char>(address.length());
  std::memcpy(&key[1], address.addr(), std::min<std::size_t>(address.length(), 8));
  return key;
}

bool Clients::is_stranger(const IPAddress& client) const { return !client.isLoopback() && !contains(trusted_, client); }

IPAddress peer_of(const Poco::Net::StreamSocket& socket) try {
  return socket.peerAddress().host();
} catch (const Poco::Exception&) {
  return {};
}

}  // namespace mailconf::server
