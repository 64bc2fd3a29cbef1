// A password or token: never copied, never printed, its memory overwritten when it goes.
#pragma once

#include <string_view>
#include <vector>

namespace mailconf {

// Movable, not copyable. A moved-from secret is empty.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string_view text) : octets_(text.begin(), text.end()) {}
  Secret(Secret&&) noexcept = default;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret() { wipe(); }

  // Valid until the secret is changed, moved or destroyed.
  [[nodiscard]] std::string_view text() const { return {octets_.data(), octets_.size()}; }
  [[nodiscard]] bool empty() const { return octets_.empty(); }
  void append(std::string_view text);

 private:
  void wipe();

  std::vector<char> octets_;
};

// Overwrites octets in a way that no compiler leaves out.
void overwrite(void* octets, std::size_t size);

}  // namespace mailconf
