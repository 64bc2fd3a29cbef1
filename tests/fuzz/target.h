// What a fuzz target is: a function that reads any octets without harm.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace mailconf::test {

inline std::string_view octets(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// In every kind of build, unlike assert.
inline void must(bool condition) {
  if (!condition) std::abort();
}

}  // namespace mailconf::test
