// How the last reading of the store went: what an operator and a balancer want to know before anything else.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace mailconf::server {

struct StoreState {
  using Time = std::chrono::system_clock::time_point;

  std::optional<Time> read_at;  // when it could last be read as a whole; nothing when that never was
  std::size_t domains = 0;      // in service
  std::size_t errors = 0;       // in definitions, when it was last read
  std::string failure;          // of the last reading; empty when that went well
};

}  // namespace mailconf::server
