#include "sources/srv_offers.h"

#include <algorithm>
#include <tuple>

namespace mailconf {
namespace {

// Every server is proved by a connection; real zones list one or two.
constexpr std::size_t servers_per_direction = 8;

int best_priority(const std::vector<SrvOffer>& offers, ServerType type) {
  int best = 1 << 16;
  for (const auto& offer : offers) {
    if (offer.type == type) best = std::min(best, int{offer.record.priority});
  }
  return best;
}

// RFC 6186 §3.4: the protocol with the better priority comes first, then the records by priority. Among equals IMAP
// and implicit TLS are preferred (RFC 8314 §3). Weights order by size, not by chance as in RFC 2782: one account takes
// one server, and the same records must give the same answer.
void sort_by_preference(std::vector<SrvOffer>& offers) {
  const auto key = [](const SrvOffer& offer, int protocol_priority) {
    return std::make_tuple(protocol_priority, offer.type, offer.record.priority, offer.socket_type,
                           -int{offer.record.weight}, offer.record.target, offer.record.port);
  };
  const int imap = best_priority(offers, ServerType::imap);
  const int pop3 = best_priority(offers, ServerType::pop3);
  const auto of = [&](const SrvOffer& offer) { return offer.type == ServerType::pop3 ? pop3 : imap; };
  std::sort(offers.begin(), offers.end(),
            [&](const SrvOffer& a, const SrvOffer& b) { return key(a, of(a)) < key(b, of(b)); });
}

// RFC 6186 §4: the full address is tried first. The records say nothing of mechanisms; passwords go over TLS.
Server server_of(const SrvOffer& offer) {
  return {offer.type,
          offer.record.target,
          offer.record.port,
          offer.socket_type,
          {Authentication::password_cleartext},
          "%EMAILADDRESS%",
          ""};
}

}  // namespace

std::vector<Server> servers_of(std::vector<SrvOffer> offers) {
  sort_by_preference(offers);
  std::vector<Server> servers;
  for (const auto& offer : offers) {
    const Server server = server_of(offer);
    const bool listed = std::find(servers.begin(), servers.end(), server) != servers.end();
    if (!listed && servers.size() < servers_per_direction) servers.push_back(server);
  }
  return servers;
}

}  // namespace mailconf
