#include "network/asking.h"

#include <stdexcept>

namespace mailconf::testing {
namespace {

template <class Wanted>
Wanted only(const Answer& answer) {
  if (const auto* wanted = std::get_if<Wanted>(&answer)) return *wanted;
  const auto* failure = std::get_if<Failure>(&answer);
  throw std::runtime_error(failure == nullptr ? "an answer of another kind"
                                              : std::string(to_string(failure->kind)) + ": " + failure->detail);
}

}  // namespace

Asking::Asking(const RealNetworkOptions& options) {
  auto network = make_real_network(options);
  if (!network) throw std::runtime_error(network.error().text());
  network_ = std::move(*network);
}

Asking::Asking(const DnsServer& dns, const std::string& ca_file) : Asking(local(dns, ca_file)) {}

Answer Asking::ask(const Question& question, Duration within) {
  const auto number = start(question, within);
  for (;;) {
    const auto completion = next();
    if (completion.ticket.number == number) return completion.answer;
  }
}

std::uint32_t Asking::start(const Question& question, Duration within, std::uint32_t owner) {
  network_->start({owner, ++last_}, question, network_->now() + within);
  return last_;
}

Completion Asking::next() {
  const auto limit = network_->now() + 2 * plenty;
  while (arrived_.empty()) {
    if (network_->now() >= limit) throw std::runtime_error("a question was never answered");
    arrived_ = network_->wait_until(limit);
  }
  auto first = arrived_.front();
  arrived_.erase(arrived_.begin());
  return first;
}

RealNetworkOptions local(const DnsServer& dns, const std::string& ca_file) {
  RealNetworkOptions options;
  options.dns = {dns.endpoint()};
  options.ca_file = ca_file;
  options.allow_private = true;
  return options;
}

Failure failure(const Answer& answer) { return only<Failure>(answer); }
DnsAnswer dns(const Answer& answer) { return only<DnsAnswer>(answer); }
HttpAnswer http(const Answer& answer) { return only<HttpAnswer>(answer); }
ProbeAnswer probe(const Answer& answer) { return only<ProbeAnswer>(answer); }

HttpQuestion get(const std::string& url) { return HttpQuestion{Url::parse(url).value()}; }

}  // namespace mailconf::testing
