// A question on its way. Destroying it is cancelling it: its sockets are closed.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "network/connector.h"
#include "protocol/question.h"

namespace mailconf {

class Operation {
 public:
  using Done = std::function<void(Answer)>;

  virtual ~Operation() = default;
  virtual void begin() = 0;
  // What stands when there is no time left.
  [[nodiscard]] virtual Answer at_deadline() const = 0;
};

// Each calls `done` once, from the loop or from within begin(), and is destroyed later.
std::unique_ptr<Operation> make_dns_operation(const Facilities& facilities, DnsQuestion question, Operation::Done done);
std::unique_ptr<Operation> make_http_client(const Facilities& facilities, std::uint32_t owner, HttpQuestion question,
                                            Operation::Done done);
std::unique_ptr<Operation> make_probe_client(const Facilities& facilities, std::uint32_t owner, ProbeQuestion question,
                                             Operation::Done done);
std::unique_ptr<Operation> make_login_client(const Facilities& facilities, std::uint32_t owner,
                                             const LoginQuestion& question, Operation::Done done);

}  // namespace mailconf
