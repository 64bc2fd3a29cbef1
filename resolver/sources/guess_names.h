// What the DNS knows of the names that a mail server of a domain usually has.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/question.h"

namespace mailconf {

class GuessNames {
 public:
  explicit GuessNames(const DomainName& domain);

  [[nodiscard]] std::vector<Question> questions() const;
  // Takes an answer, also a failure; gives the questions that follow from it: the addresses of the MX host.
  std::vector<Question> take(const DnsQuestion& asked, const Answer& answer);

  // Nothing more is to be learnt that the first ports to try depend on, or any ports.
  [[nodiscard]] bool usual_names_known() const;
  [[nodiscard]] bool all_known() const { return open_.empty(); }

  // The name of a usual host: "" is the domain itself.
  [[nodiscard]] std::string host(std::string_view label) const;
  // Empty when there is no MX host.
  [[nodiscard]] const std::string& mx_host() const { return mx_host_; }
  // Sorted; empty for a name that does not exist, or could not be looked up.
  [[nodiscard]] const std::vector<std::string>& addresses(const std::string& host) const;
  // The name leads nowhere that a made-up name does not (RFC 4592).
  [[nodiscard]] bool is_wildcard_only(const std::string& host) const;
  // An SRV record with the target "." says that the service is not offered (RFC 6186 §3.4).
  [[nodiscard]] bool is_denied(std::string_view service_label) const;

 private:
  [[nodiscard]] std::string wildcard_host() const;
  void take_addresses(const DnsQuestion& asked, const Answer& answer);

  DomainName domain_;
  std::set<DnsQuestion> open_;
  std::set<DnsQuestion> denied_;
  std::map<std::string, std::vector<std::string>> addresses_;
  std::string mx_host_;
};

}  // namespace mailconf
