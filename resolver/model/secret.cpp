#include "mailconf/secret.h"

#include <string.h>  // explicit_bzero
#include <utility>

namespace mailconf {

void overwrite(void* octets, std::size_t size) {
  if (size > 0) ::explicit_bzero(octets, size);
}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this == &other) return *this;
  wipe();
  octets_ = std::exchange(other.octets_, {});
  return *this;
}

// A vector that grows in place of its own accord would leave its old octets behind.
void Secret::append(std::string_view text) {
  std::vector<char> longer;
  longer.reserve(octets_.size() + text.size());
  longer.insert(longer.end(), octets_.begin(), octets_.end());
  longer.insert(longer.end(), text.begin(), text.end());
  wipe();
  octets_ = std::move(longer);
}

void Secret::wipe() {
  overwrite(octets_.data(), octets_.size());
  octets_.clear();
}

}  // namespace mailconf
