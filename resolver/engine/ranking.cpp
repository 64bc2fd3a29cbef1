#include "engine/ranking.h"

#include <algorithm>
#include <tuple>

#include "engine/timing.h"

namespace mailconf {
namespace {

// Larger is better. What is merely silent may be the fault of the network between, so it stands above what was refuted.
int soundness(Standing standing) {
  switch (standing) {
    case Standing::missing:
      return 0;
    case Standing::refuted:
      return 1;
    case Standing::unreachable:
      return 2;
    case Standing::pending:
    case Standing::proven:
      return 3;
  }
  return 0;
}

using Direction = Standing Candidate::*;

// Sound and encrypted evidence first, whole configurations before halves, then the list of sources.
auto merit(const Candidate& candidate, Direction wanted, Direction other) {
  return std::make_tuple(-soundness(candidate.*wanted), candidate.trust == Trust::insecure,
                         candidate.*other == Standing::refuted, candidate.rank);
}

std::optional<std::size_t> best(const std::vector<Candidate>& candidates, Direction wanted, Direction other) {
  std::optional<std::size_t> chosen;
  for (std::size_t index = 0; index < candidates.size(); ++index) {
    if (candidates[index].*wanted == Standing::missing) continue;
    if (!chosen || merit(candidates[index], wanted, other) < merit(candidates[*chosen], wanted, other)) chosen = index;
  }
  return chosen;
}

}  // namespace

Choice choose(const std::vector<Candidate>& candidates) {
  const auto incoming = best(candidates, &Candidate::incoming, &Candidate::outgoing);
  if (!incoming) return {std::nullopt, best(candidates, &Candidate::outgoing, &Candidate::incoming)};
  const auto& reading = candidates[*incoming];
  const bool sends_too = soundness(reading.outgoing) >= soundness(Standing::pending);
  return {incoming, sends_too ? incoming : best(candidates, &Candidate::outgoing, &Candidate::incoming)};
}

Duration grace(Duration slowest_answer) {
  if (slowest_answer == Duration::zero()) return timing::grace_ceiling;
  return std::clamp(timing::grace_factor * slowest_answer, timing::grace_floor, timing::grace_ceiling);
}

}  // namespace mailconf
