#include "network/tunnel_client.h"

#include <utility>

namespace mailconf {

TunnelClient::TunnelClient(Stream& stream, std::unique_ptr<TunnelDialogue> dialogue, Done done)
    : stream_(stream), dialogue_(std::move(dialogue)), done_(std::move(done)) {}

void TunnelClient::begin() { act(dialogue_->begin()); }

void TunnelClient::act(const TunnelDialogue::Action& action) {
  if (action.read == 0) return done_(dialogue_->failure());
  if (action.send.empty()) return receive(action.read);
  stream_.write(std::string(action.send.text()), [this, at_most = action.read] { receive(at_most); });
}

void TunnelClient::receive(std::size_t at_most) {
  stream_.read(
      [this](const auto& bytes) {
        if (!bytes) return done_(Failure{FailureKind::proxy_failed, "the connection to the proxy broke"});
        act(bytes->empty() ? dialogue_->on_closed() : dialogue_->on_bytes(*bytes));
      },
      at_most);
}

}  // namespace mailconf
