// A dialogue with a proxy on a connection to it, until the connection leads to the target.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "network/stream.h"
#include "protocol/tunnel.h"

namespace mailconf {

class TunnelClient {
 public:
  using Done = std::function<void(std::optional<Failure>)>;

  // The stream is the caller's and outlives this. `done` is called once, from the loop or from within begin().
  TunnelClient(Stream& stream, std::unique_ptr<TunnelDialogue> dialogue, Done done);
  void begin();

 private:
  void act(const TunnelDialogue::Action& action);
  void receive(std::size_t at_most);

  Stream& stream_;
  std::unique_ptr<TunnelDialogue> dialogue_;
  Done done_;
};

}  // namespace mailconf
