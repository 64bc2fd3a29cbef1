#include "engine/follow_ups.h"

#include <algorithm>
#include <fmt/core.h>

#include "engine/sign_in.h"
#include "sources/follow_ups.h"
#include "sources/mx_domains.h"

namespace mailconf {
namespace {

// The host whose MX record the finding rests on, where nobody has vouched for that yet.
std::optional<DomainName> doubtful_mx_host(const State& state, const Finding& finding) {
  if (finding.trust != Trust::confirm) return std::nullopt;
  const Question records = mx_question(state.subject.domain);
  for (const auto index : finding.evidence) {
    const auto& exchange = state.exchanges[state.asks[index].exchange];
    const auto* dns = exchange.answer ? std::get_if<DnsAnswer>(&*exchange.answer) : nullptr;
    if (exchange.question == records && dns && !dns->authentic) return best_mx_host(*dns, state.subject);
  }
  return std::nullopt;
}

}  // namespace

std::vector<FollowUp> follow_ups_of(const State& state, const Finding& finding) {
  std::vector<FollowUp> wanted;
  if (const auto host = doubtful_mx_host(state, finding))
    wanted.push_back({Purpose::vouching, host->ascii(), make_mta_sts_source(state.subject.domain, *host)});
  if (const auto issuer = issuer_to_ask(finding))
    wanted.push_back({Purpose::sign_in, *issuer, make_issuer_source(*issuer)});
  if (const auto resource = resource_to_ask(finding))
    wanted.push_back({Purpose::sign_in, *resource, make_resource_source(*resource)});
  return wanted;
}

bool is_followed_up(const State& state, const Finding& finding) {
  return std::ranges::any_of(
      state.asks, [&](const Ask& ask) { return ask.source == finding.rank && ask.follow_up && !ask.verdict; });
}

std::optional<std::string> vouching(const State& state, const Finding& finding) {
  const Question policy = mta_sts_policy_question(state.subject.domain);
  for (const auto index : finding.evidence) {
    const auto& ask = state.asks[index];
    if (state.exchanges[ask.exchange].question != policy || !ask.verdict) continue;
    return fmt::format("the MTA-STS policy of {} {}", state.subject.domain.ascii(), ask.verdict->reason);
  }
  return std::nullopt;
}

}  // namespace mailconf
