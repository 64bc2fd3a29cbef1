// Looking at the ports of a mail server.
#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include "mailconf/resolver.h"
#include "network/network.h"

namespace mailconf {

// Each server is asked once, all at the same time, for at most `patience`; what the stop token cuts off is reported as
// not tried.
std::vector<ProbedPort> probe_servers(Network& network, std::uint32_t owner, const std::vector<Server>& servers,
                                      Duration patience, const std::stop_token& stop);

}  // namespace mailconf
