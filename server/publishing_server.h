// mailconfd in one object: listeners, certificates and what is published, from start to a graceful end.
//
// start(), reload(), use() and stop() are called from one thread.
#pragma once

#include <Poco/Net/SocketAddress.h>
#include <memory>
#include <optional>
#include <vector>

#include "mailconf/result.h"
#include "server/configuration.h"
#include "server/limits.h"
#include "server/log.h"
#include "server/logins/logins.h"
#include "server/mx/mail_exchangers.h"
#include "server/operation/self_tests.h"
#include "server/operation/service_manager.h"

namespace mailconf::server {

// What is outside of the server and its files; tests bring their own.
struct Surroundings {
  std::shared_ptr<MxLookup> mx = {};          // null: the DNS, as the configuration says
  std::vector<InheritedSocket> sockets = {};  // in place of the addresses of the configuration
  Logins::Lookups logins = {};                // in place of those of the configuration that have their names
  SelfTests::Prober prober = {};              // null: the network
  Auditor auditor = {};                       // null: the network
  MailExchangers::Clock now = std::chrono::steady_clock::now;
};

class PublishingServer {
 public:
  // Loads everything and listens. Bad definitions and certificates are told to the log and left out; an error is what
  // keeps the server from starting: an unusable store, or an address that cannot be listened at.
  static Result<std::unique_ptr<PublishingServer>> start(Configuration configuration, Log& log, Limits limits = {},
                                                         Surroundings surroundings = {});
  ~PublishingServer();

  // Reads definitions and certificates anew; no request is lost, and what has become bad stays as it was.
  void reload();

  // Other settings of audits.
  void use(const std::optional<AuditSettings>& audit);

  // Stops listening, answers the requests that have arrived, and ends within five seconds. False when look-ups of user
  // names hang in threads of their own: a program that ends then must do so without exit().
  bool stop();

  // With the ports that the system chose for port 0.
  [[nodiscard]] std::vector<Poco::Net::SocketAddress> http() const;
  [[nodiscard]] std::vector<Poco::Net::SocketAddress> https() const;
  [[nodiscard]] std::optional<Poco::Net::SocketAddress> admin() const;

 private:
  class Parts;
  explicit PublishingServer(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace mailconf::server
