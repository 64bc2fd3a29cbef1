#include "protocol/tunnel.h"

#include <utility>

namespace mailconf {

TunnelDialogue::Action TunnelDialogue::on_closed() {
  return fail(FailureKind::proxy_failed, "the proxy closed the connection without an answer");
}

TunnelDialogue::Action TunnelDialogue::fail(FailureKind kind, std::string detail) {
  failure_ = Failure{kind, std::move(detail)};
  return {};
}

std::unique_ptr<TunnelDialogue> make_tunnel_dialogue(ProxyKind kind, TunnelTarget target,
                                                     std::optional<ProxyAccount> account) {
  const bool by_http = kind == ProxyKind::http_connect;
  return (by_http ? make_connect_dialogue : make_socks_dialogue)(std::move(target), std::move(account));
}

}  // namespace mailconf
