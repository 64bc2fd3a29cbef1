#include "driver/mail_hosts.h"

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
  const std::stop_callback wake_up(stop, [&network] { network.wake(); });
  const Ticket ticket{owner, 0};
  const Instant deadline = network.now() + patience;
  network.start(ticket, mx_question(domain), deadline);
  while (!stop.stop_requested()) {
    for (const auto& completion : network.wait_until(deadline)) {
      if (completion.ticket == ticket) return read(completion.answer);
    }
  }
  network.cancel(ticket);
  return {Outcome::unknown, "cancelled before an answer came", {}};
}

}  // namespace mailconf
