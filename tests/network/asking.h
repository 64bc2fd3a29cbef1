// A real network and one question after the other.
#pragma once

#include <memory>
#include <string>

#include "network/real_network.h"
#include "support/dns_server.h"
#include "support/tcp_server.h"
#include "support/test_ca.h"

namespace mailconf::testing {

// Enough for anything that is meant to succeed.
inline constexpr Duration plenty = std::chrono::seconds(20);
// For what is meant to run out of time.
inline constexpr Duration moment = std::chrono::milliseconds(300);

class Asking {
 public:
  // Loopback counts as public, unless a test says otherwise.
  explicit Asking(const RealNetworkOptions& options);
  explicit Asking(const DnsServer& dns, const std::string& ca_file = {});

  Answer ask(const Question& question, Duration within = plenty);
  // The number of the ticket that the question got.
  std::uint32_t start(const Question& question, Duration within = plenty, std::uint32_t owner = 1);
  // Waits for one completion, of any question.
  Completion next();

  [[nodiscard]] Network& network() { return *network_; }

 private:
  std::unique_ptr<Network> network_;
  std::uint32_t last_ = 0;
  std::vector<Completion> arrived_;
};

// The options that most tests want.
RealNetworkOptions local(const DnsServer& dns, const std::string& ca_file = {});

// Of a failure; throws for an answer.
Failure failure(const Answer& answer);
// Throws for anything else.
DnsAnswer dns(const Answer& answer);
HttpAnswer http(const Answer& answer);
ProbeAnswer probe(const Answer& answer);

HttpQuestion get(const std::string& url);

}  // namespace mailconf::testing
