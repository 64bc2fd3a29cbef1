#include "driver/mail_hosts.h"

#include "driver/asking.h"
#include "sources/mx_domains.h"

namespace mailconf {
namespace {

MailHosts read(const Answer& answer) {
  auto mx = mx_hosts(answer);
  return {mx.verdict.outcome, std::move(mx.verdict.reason), std::move(mx.hosts)};
}

}  // namespace

MailHosts look_up_mail_hosts(Network& network, std::uint32_t owner, const DomainName& domain, Duration patience,
                             const std::stop_token& stop) {
  const auto answer = ask_all(network, owner, {mx_question(domain)}, patience, stop).front();
  return answer ? read(*answer) : MailHosts{Outcome::unknown, "cancelled before an answer came", {}};
}

}  // namespace mailconf
