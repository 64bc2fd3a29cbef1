// How many connections may be open at once: to one host, and in all.
#pragma once

#include <cstddef>
#include <map>
#include <string>

namespace mailconf {

class Places {
 public:
  Places(std::size_t at_one_host, std::size_t in_all) : at_one_host_(at_one_host), in_all_(in_all) {}

  // False when all are taken. A question without a host, to the DNS, takes none.
  bool take(const std::string& host) {
    if (host.empty()) return true;
    if (taken_ == in_all_) return false;
    auto& here = by_host_[host];
    if (here == at_one_host_) return false;
    ++here;
    ++taken_;
    return true;
  }
  void give_back(const std::string& host) {
    if (host.empty()) return;
    --taken_;
    const auto here = by_host_.find(host);
    if (--here->second == 0) by_host_.erase(here);
  }

 private:
  std::size_t at_one_host_;
  std::size_t in_all_;
  std::size_t taken_ = 0;
  std::map<std::string, std::size_t> by_host_;
};

}  // namespace mailconf
