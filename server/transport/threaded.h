// Connections that hold a thread of Poco's each while they last: those with TLS, the administrator's, and what the
// event loop cannot make out.
#pragma once

#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/TCPServerConnectionFactory.h>

#include "server/transport/exchange.h"

namespace mailconf::server {

// `site` outlives all of them.
Poco::Net::TCPServerConnectionFactory::Ptr threaded_connections(const Site& site, Audience audience);

Poco::Net::HTTPServerParams::Ptr http_parameters(const Limits& limits);

// Whether the client has not too many connections already; counts those that are turned away.
bool is_let_in(const Poco::Net::StreamSocket& socket, const Site& site);

}  // namespace mailconf::server
