// What certificates say about the proper names of hosts that were tried under another name: shared hosting serves
// mail.<domain> with the certificate of the machine.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "protocol/question.h"

namespace mailconf {

class GuessCertificates {
 public:
  // A certificate for other names was shown at `addresses`.
  void note(const std::vector<std::string>& names, const std::vector<std::string>& addresses);
  // The names worth a look: those of the domain's own registrable domain or its MX host's, so that no stranger's
  // certificate leads astray. Each has still to prove itself.
  [[nodiscard]] std::vector<std::string> hosts(const DomainName& domain, const std::string& mx_host) const;
  // One of `addresses` is where such a certificate was shown.
  [[nodiscard]] bool shown_at(const std::vector<std::string>& addresses) const;

 private:
  std::vector<std::string> names_;  // in the order seen
  std::set<std::string> addresses_;
};

}  // namespace mailconf
