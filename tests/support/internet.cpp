#include "support/internet.h"

#include <algorithm>
#include <array>

#include "model/host.h"

namespace mailconf::simulated {
namespace {

// As the real resolver repeats its questions: network/name_server.cpp.
constexpr Duration first_name_patience = std::chrono::milliseconds(400);
constexpr int name_tries = 4;

// Nobody repeats a packet more often; by then every deadline has passed.
constexpr int most_repetitions = 12;

}  // namespace

void Internet::look_up(const DnsQuestion& question, const std::weak_ptr<void>& guard, NameCallback callback) {
  auto entry = names_.find(question);
  const bool stale = entry != names_.end() && entry->second.known_at <= events.now() &&
                     std::holds_alternative<Failure>(entry->second.answer);
  if (entry == names_.end() || stale) entry = names_.insert_or_assign(question, ask_name_server(question)).first;
  events.at(entry->second.known_at, guard,
            [answer = entry->second.answer, callback = std::move(callback)] { callback(answer); });
}

Internet::CachedName Internet::ask_name_server(const DnsQuestion& question) {
  asked.push_back({events.now(), target(Question(question)), true, false, false});
  if (world.offline) return {events.now(), Failure{FailureKind::offline, "there is no network"}};
  auto reply = simulated::look_up(world, question);
  if (reply.silent) return {events.now() + world.name_timeout, std::move(reply.answer)};
  const int repeated = repetitions();
  if (repeated >= name_tries)
    return {events.now() + world.name_timeout, Failure{FailureKind::dns_timeout, "the name server does not answer"}};
  const auto delay = world.round_trip + world.think + reply.think + jitter(target(question));
  return {events.now() + first_name_patience * ((1 << repeated) - 1) + delay, std::move(reply.answer)};
}

int Internet::repetitions() {
  int count = 0;
  while (count < most_repetitions && (is_lost() || is_lost())) ++count;
  return count;
}

// SplitMix64. Lots are drawn in the order of events, which is always the same; without losses there are none.
bool Internet::is_lost() {
  if (world.loss_percent == 0) return false;
  std::uint64_t lot = loss_state += 0x9E3779B97F4A7C15U;
  lot = (lot ^ (lot >> 30)) * 0xBF58476D1CE4E5B9U;
  lot = (lot ^ (lot >> 27)) * 0x94D049BB133111EBU;
  lot ^= lot >> 31;
  return lot % 100 < static_cast<std::uint64_t>(world.loss_percent);
}

bool Internet::may_connect(std::string_view address) const {
  static constexpr std::array<std::string_view, 4> documentation{"192.0.2.", "198.51.100.", "203.0.113.", "2001:db8:"};
  const bool simulated_public =
      std::ranges::any_of(documentation, [&](std::string_view prefix) { return address.starts_with(prefix); });
  return allow_private || simulated_public || is_public_address(address);
}

Duration Internet::jitter(std::string_view what) const {
  if (jitter_seed == 0 || jitter_limit.count() == 0) return {};
  std::uint64_t hash = 14695981039346656037U ^ (jitter_seed * 0x9E3779B97F4A7C15U);  // FNV-1a
  for (const char octet : what) hash = (hash ^ static_cast<unsigned char>(octet)) * 1099511628211U;
  hash ^= hash >> 29;
  return Duration(static_cast<Duration::rep>(hash % static_cast<std::uint64_t>(jitter_limit.count())));
}

}  // namespace mailconf::simulated
