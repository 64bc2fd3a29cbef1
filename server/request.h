// A request as endpoints see it: checked, decoded, bounded.
#pragma once

#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/IPAddress.h>
#include <istream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "server/answer.h"
#include "server/host.h"
#include "server/limits.h"
#include "server/network_list.h"
#include "server/target.h"

namespace mailconf::server {

struct Request {
  std::string method;
  Target target;
  RequestedHost host;
  bool encrypted = false;                      // TLS here, or at a trusted proxy
  bool in_clear = true;                        // no TLS for certain: a trusted proxy that keeps silent may have had it
  Poco::Net::IPAddress client;                 // as a trusted proxy tells it, else the other end of the connection
  std::map<std::string, std::string> headers;  // names lower-case; values of the same name joined by ", "
  std::string body;

  // Empty when the field is missing.
  [[nodiscard]] std::string_view header(std::string_view name) const;
};

// A request whose header Poco has read.
struct Message {
  const Poco::Net::HTTPRequest& header;
  std::istream& body;
  Poco::Net::IPAddress peer;  // the other end of the connection
  bool secure = false;        // by TLS
};

// Checks the header, and reads the body. The error is the answer that refuses the request.
tl::expected<Request, Answer> read_request(const Message& message, const Limits& limits,
                                           const std::vector<AddressRange>& trusted_proxies);

}  // namespace mailconf::server
