// Service records as servers, in order of preference.
#pragma once

#include <vector>

#include "protocol/question.h"

namespace mailconf {

struct SrvOffer {
  ServerType type;
  SrvRecord record;  // the target a host name
  SocketType socket_type;
};

// `offers` are all of one direction: for reading, or for sending.
std::vector<Server> servers_of(std::vector<SrvOffer> offers);

}  // namespace mailconf
