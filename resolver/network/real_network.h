// The only sockets and the only clock.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "mailconf/resolver.h"
#include "mailconf/result.h"
#include "network/network.h"
#include "network/proxy.h"

namespace mailconf {

struct RealNetworkOptions {
  std::vector<std::string> dns;  // "address" or "address:port"; empty: the system's
  std::string ca_file;           // PEM; empty: SSL_CERT_FILE, SSL_CERT_DIR, else the system's
  bool allow_private = false;
  std::vector<ConnectTo> connect_to;
  ProxyOptions proxy = {};
};

// Fails with bad_option for a proxy or a name server that is none, with io for a CA file that cannot be read.
Result<std::unique_ptr<Network>> make_real_network(const RealNetworkOptions& options);

}  // namespace mailconf
