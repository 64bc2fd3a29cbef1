#include "support/socket_pool.h"

#include <algorithm>

#include "protocol/limits.h"

namespace mailconf::simulated {

SocketPool::Id SocketPool::request(std::uint32_t owner, const std::string& address, Opened opened) {
  const auto id = next_id_++;
  waiting_.push_back({id, owner, address, std::move(opened)});
  serve_queue();
  return id;
}

void SocketPool::close(Id id) {
  waiting_.remove_if([id](const Socket& socket) { return socket.id == id; });
  if (open_.erase(id) > 0) serve_queue();
}

SocketPool::Peak SocketPool::peak(std::uint32_t owner) const {
  const auto found = peaks_.find(owner);
  return found == peaks_.end() ? Peak{} : found->second;
}

std::size_t SocketPool::count(std::uint32_t owner, const std::string* address) const {
  const auto counts = [&](const auto& entry) {
    return entry.second.owner == owner && (!address || entry.second.address == *address);
  };
  return static_cast<std::size_t>(std::ranges::count_if(open_, counts));
}

bool SocketPool::has_room(const Socket& socket) const {
  return count(socket.owner, nullptr) < limits::sockets_per_resolution &&
         count(socket.owner, &socket.address) < limits::sockets_per_address;
}

void SocketPool::serve_queue() {
  for (;;) {
    const auto ready = std::ranges::find_if(waiting_, [this](const Socket& socket) { return has_room(socket); });
    if (ready == waiting_.end()) return;
    auto socket = std::move(*ready);
    waiting_.erase(ready);
    take(std::move(socket));
  }
}

void SocketPool::take(Socket socket) {
  const auto opened = std::move(socket.opened);
  const auto id = socket.id;
  auto& peak = peaks_[socket.owner];
  const auto owner = socket.owner;
  const auto address = socket.address;
  open_.emplace(id, std::move(socket));
  peak.total = std::max(peak.total, count(owner, nullptr));
  peak.to_one_address = std::max(peak.to_one_address, count(owner, &address));
  const auto there = std::ranges::count_if(open_, [&](const auto& each) { return each.second.address == address; });
  most_to_one_address_ = std::max(most_to_one_address_, static_cast<std::size_t>(there));
  opened(id);
}

}  // namespace mailconf::simulated
