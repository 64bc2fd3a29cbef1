// One request and its answer, as the octets that a connection carries.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "server/audits/audits.h"
#include "server/configuration.h"
#include "server/limits.h"
#include "server/log.h"
#include "server/operation/clients.h"
#include "server/operation/self_tests.h"
#include "server/patience.h"
#include "server/profile_signer.h"
#include "server/publication.h"
#include "server/router.h"
#include "server/transport/connections.h"

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
  Audits& audits;
  Connections& connections;
  Clients& clients;
  Metrics& metrics;
  Log& log;
};

struct Reply {
  std::string octets;
  bool keep_alive = false;  // another request may follow
  bool cut_off = false;     // what is left of the request is to be thrown away
};

class Exchange {
 public:
  Exchange(const Site& site, Audience audience, Patience patience)
      : site_(site), audience_(audience), patience_(patience) {}

  // Answers the request, after which another one may follow when it is not the `last`; or throws MustWait, and nothing
  // has happened.
  [[nodiscard]] Reply answer(const Message& message, bool last) const;

 private:
  struct Outcome {
    Answer answer;
    std::string logged_host;
    std::string_view client;
    std::string_view route;
    std::string_view format;
    DomainKnown domain = DomainKnown::not_asked;
  };
  [[nodiscard]] Outcome outcome_of(const Message& message) const;
  [[nodiscard]] Outcome answered(const Request& request) const;
  void log_access(const std::string& method, const Outcome& outcome, std::chrono::microseconds elapsed) const;

  const Site& site_;
  Audience audience_;
  Patience patience_;
};

}  // namespace mailconf::server
