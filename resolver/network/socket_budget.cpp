#include "network/socket_budget.h"

#include <algorithm>

#include "protocol/limits.h"

namespace mailconf {
namespace {

constexpr std::size_t left_to_names = 2;
constexpr std::size_t for_connections = limits::sockets_per_resolution - left_to_names;

template <class Map, class Key>
std::size_t count(const Map& map, const Key& key) {
  const auto found = map.find(key);
  return found == map.end() ? 0 : found->second;
}

template <class Map, class Key>
void decrement(Map& map, const Key& key) {
  const auto found = map.find(key);
  if (--found->second == 0) map.erase(found);
}

}  // namespace

class SocketBudget::Taken : public Subscription {
 public:
  Taken(SocketBudget& budget, Remote remote) : budget_(budget), remote_(std::move(remote)) {}
  ~Taken() override { budget_.give_back(remote_); }

 private:
  SocketBudget& budget_;
  Remote remote_;
};

class SocketBudget::Waiting : public Subscription {
 public:
  Waiting(SocketBudget& budget, std::uint64_t wish) : budget_(budget), wish_(wish) {}
  ~Waiting() override { budget_.wishes_.erase(wish_); }

 private:
  SocketBudget& budget_;
  std::uint64_t wish_;
};

bool SocketBudget::is_free(const Remote& remote) const {
  return count(by_owner_, remote.first) < for_connections && count(by_remote_, remote) < limits::sockets_per_address;
}

SocketBudget::Slot SocketBudget::hand_out(const Remote& remote) {
  ++by_owner_[remote.first];
  ++by_remote_[remote];
  return std::make_unique<Taken>(*this, remote);
}

void SocketBudget::give_back(const Remote& remote) {
  decrement(by_owner_, remote.first);
  decrement(by_remote_, remote);
  // From the loop, because the giver may be in the middle of its own destruction.
  if (!wishes_.empty()) loop_.post([this] { serve(); });
}

SocketBudget::Slot SocketBudget::try_take(std::uint32_t owner, const std::string& address) {
  // Of those who wait, the ones for a full address are in nobody's way.
  const bool queued = std::any_of(wishes_.begin(), wishes_.end(), [&](const auto& wish) {
    return wish.second.remote.first == owner && is_free(wish.second.remote);
  });
  const Remote remote{owner, address};
  return queued || !is_free(remote) ? nullptr : hand_out(remote);
}

std::unique_ptr<Subscription> SocketBudget::take(std::uint32_t owner, const std::string& address, Granted granted) {
  wishes_.emplace(++last_wish_, Wish{{owner, address}, std::move(granted)});
  loop_.post([this] { serve(); });
  return std::make_unique<Waiting>(*this, last_wish_);
}

void SocketBudget::serve() {
  // A callback may withdraw other wishes: look from the start again after each.
  for (;;) {
    const auto next =
        std::find_if(wishes_.begin(), wishes_.end(), [this](const auto& w) { return is_free(w.second.remote); });
    if (next == wishes_.end()) return;
    const Wish wish = std::move(wishes_.extract(next).mapped());
    wish.granted(hand_out(wish.remote));
  }
}

}  // namespace mailconf
