// What the DNS knows of the names that a mail server of a domain usually has.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/question.h"
#include "sources/guess_certificates.h"
#include "sources/source.h"

namespace mailconf {

class GuessNames {
 public:
  explicit GuessNames(const Subject& subject);

  [[nodiscard]] std::vector<Question> questions() const;
  // Takes an answer, also a failure.
  void take(const DnsQuestion& asked, const Answer& answer);
  // Takes the names on a certificate that is not for `host`, which showed it.
  void take_certificate(const std::string& host, const std::vector<std::string>& names);
  // What follows from all that is known: the addresses of the MX host and of hosts that certificates name.
  std::vector<Question> follow_up();

  // Nothing more is to be learnt that the first ports to try depend on, or any ports.
  [[nodiscard]] bool usual_names_known() const;
  [[nodiscard]] bool all_known() const { return open_.empty(); }

  // The name of a usual host: "" is the domain itself.
  [[nodiscard]] std::string host(std::string_view label) const;
  // Empty when there is no MX host.
  [[nodiscard]] const std::string& mx_host() const { return mx_host_; }
  // The proper names of hosts that were tried under another name.
  [[nodiscard]] std::vector<std::string> certified_hosts() const;
  // Sorted; empty for a name that does not exist, or could not be looked up.
  [[nodiscard]] const std::vector<std::string>& addresses(const std::string& host) const;
  // The name leads nowhere that a made-up name does not (RFC 4592).
  [[nodiscard]] bool is_wildcard_only(const std::string& host) const;
  // An SRV record with the target "." says that the service is not offered (RFC 6186 §3.4).
  [[nodiscard]] bool is_denied(std::string_view service_label) const;

 private:
  [[nodiscard]] std::string wildcard_host() const;
  void take_addresses(const DnsQuestion& asked, const Answer& answer);

  const Subject& subject_;
  const DomainName& domain_;
  std::set<DnsQuestion> open_;
  std::set<DnsQuestion> followed_up_;
  std::set<DnsQuestion> denied_;
  std::map<std::string, std::vector<std::string>> addresses_;
  std::string mx_host_;
  GuessCertificates certificates_;
};

}  // namespace mailconf
