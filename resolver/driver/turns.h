// A network on which many take turns: whoever has to wait must not lose time by it.
#pragma once

#include "network/network.h"

namespace mailconf {

class TurnNetwork : public Network {
 public:
  // For how long any question of `owner` has been waiting for its turn, in all: its clock has to stand back by that.
  [[nodiscard]] virtual Duration waited(std::uint32_t owner) const = 0;
  [[nodiscard]] virtual bool is_waiting(std::uint32_t owner) const = 0;
  // `owner` is done and will not ask again.
  virtual void forget(std::uint32_t owner) = 0;
};

}  // namespace mailconf
