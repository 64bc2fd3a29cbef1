// One request and its answer on a connection: where Poco's messages become our values and back.
#pragma once

#include <Poco/Net/HTTPRequestHandler.h>
#include <memory>

#include "server/configuration.h"
#include "server/connections.h"
#include "server/limits.h"
#include "server/log.h"
#include "server/operation/clients.h"
#include "server/operation/self_tests.h"
#include "server/profile_signer.h"
#include "server/publication.h"
#include "server/router.h"

namespace mailconf::server {

// What every exchange needs; outlives them all.
struct Site {
  const Configuration& configuration;
  const Limits& limits;
  const Publication& publication;
  MailExchangers* exchangers;  // null: no domain is looked up
  Logins* logins;              // null: no user name is looked up
  ProfileSigner* signer;       // null: profiles are not signed
  SelfTests& self_tests;
  Connections& connections;
  Clients& clients;
  Metrics& metrics;
  Log& log;
};

class Exchange : public Poco::Net::HTTPRequestHandler {
 public:
  Exchange(const Site& site, Audience audience) : site_(site), audience_(audience) {}
  void handleRequest(Poco::Net::HTTPServerRequest& message, Poco::Net::HTTPServerResponse& response) override;

 private:
  struct Outcome {
    Answer answer;
    std::string logged_host;
    std::string_view client;
    std::string_view route;
    std::string_view format;
    DomainKnown domain = DomainKnown::not_asked;
  };
  Outcome answer(Poco::Net::HTTPServerRequest& message) const;
  void log_access(const std::string& method, const Outcome& outcome, std::chrono::microseconds elapsed) const;

  const Site& site_;
  Audience audience_;
};

}  // namespace mailconf::server
