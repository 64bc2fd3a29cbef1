// Sockets as a client may hold them: so many a resolution, so many to one address; the rest wait their turn.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <string>

namespace mailconf::simulated {

class SocketPool {
 public:
  using Id = std::uint64_t;

  struct Peak {
    std::size_t total = 0;
    std::size_t to_one_address = 0;
  };

  using Opened = std::function<void(Id)>;
  // Calls `opened` at once, or when another socket of the owner closes.
  Id request(std::uint32_t owner, const std::string& address, Opened opened);
  // Closes it, or gives up its place in the queue.
  void close(Id id);

  [[nodiscard]] std::size_t open() const { return open_.size(); }
  // The most that were open at once for that owner.
  [[nodiscard]] Peak peak(std::uint32_t owner) const;
  // The most to one address, of all owners together.
  [[nodiscard]] std::size_t most_to_one_address() const { return most_to_one_address_; }

 private:
  struct Socket {
    Id id;
    std::uint32_t owner;
    std::string address;
    Opened opened;
  };
  [[nodiscard]] bool has_room(const Socket& socket) const;
  [[nodiscard]] std::size_t count(std::uint32_t owner, const std::string* address) const;
  void serve_queue();
  void take(Socket socket);

  Id next_id_ = 1;
  std::map<Id, Socket> open_;
  std::list<Socket> waiting_;
  std::map<std::uint32_t, Peak> peaks_;
  std::size_t most_to_one_address_ = 0;
};

}  // namespace mailconf::simulated
