#include "mailconf/simulate.h"

namespace mailconf {

bool Prediction::encrypted() const {
  const auto safe = [](const std::vector<Server>& servers) {
    return !servers.empty() && servers.front().socket_type != SocketType::plain;
  };
  return safe(incoming) && safe(outgoing);
}

}  // namespace mailconf
