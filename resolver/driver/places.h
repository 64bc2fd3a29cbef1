// What may be under way at once: connections to one host, to one address and in all, and questions to the name server.
#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace mailconf {

class Places {
 public:
  struct Bounds {
    std::size_t at_one_host;
    std::size_t at_one_address;
    std::size_t in_all;
    std::size_t at_name_server;
  };
  // What is asked. A host counts at each of its addresses: which of them is connected to is not known before.
  struct Guest {
    std::string host;  // empty: the name server
    std::vector<std::string> addresses;
  };

  explicit Places(Bounds bounds) : bounds_(bounds) {}

  // False when one of them is full; then none is taken.
  bool take(const Guest& guest) {
    if (guest.host.empty()) return asked_ < bounds_.at_name_server && ++asked_ > 0;
    const auto is_full = [this](const std::string& address) {
      const auto here = by_address_.find(address);
      return here != by_address_.end() && here->second >= bounds_.at_one_address;
    };
    if (connected_ >= bounds_.in_all || std::ranges::any_of(guest.addresses, is_full)) return false;
    auto& here = by_host_[guest.host];
    if (here >= bounds_.at_one_host) return false;
    ++here;
    ++connected_;
    for (const auto& address : guest.addresses) ++by_address_[address];
    return true;
  }
  void give_back(const Guest& guest) {
    if (guest.host.empty()) {
      --asked_;
      return;
    }
    --connected_;
    leave(by_host_, guest.host);
    for (const auto& address : guest.addresses) leave(by_address_, address);
  }

 private:
  using Counts = std::map<std::string, std::size_t>;
  static void leave(Counts& counts, const std::string& name) {
    const auto here = counts.find(name);
    if (--here->second == 0) counts.erase(here);
  }

  Bounds bounds_;
  std::size_t asked_ = 0;
  std::size_t connected_ = 0;
  Counts by_host_;
  Counts by_address_;
};

}  // namespace mailconf
