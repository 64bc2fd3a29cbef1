// The two rules of choice, and nothing else: how long a better source is waited for (grace), and how two halves make a
// whole (completion). Pure functions of values.
#pragma once

#include <optional>
#include <vector>

#include "mailconf/report.h"

namespace mailconf {

// How far a direction, reading or sending, has got for one finding.
enum class Standing {
  missing,      // the finding does not name a server for it
  refuted,      // all its servers answered otherwise than published
  unreachable,  // none proven, some gave no answer at all or take longer than the grace
  pending,
  proven,
};

struct Candidate {
  std::size_t rank = 0;  // of its source; smaller is better
  Trust trust = Trust::confirm;
  Standing incoming = Standing::missing;
  Standing outgoing = Standing::missing;
};

// One configuration as chosen: which candidate reads and which sends.
struct Choice {
  std::optional<std::size_t> incoming;  // indices of the candidates
  std::optional<std::size_t> outgoing;

  bool operator==(const Choice&) const = default;
};

// The best candidate by soundness (a direction that failed its proof loses to one that has not), encryption of its
// evidence, then rank; a half is completed by the next best that has the other half.
Choice choose(const std::vector<Candidate>& candidates);

// How long after `found` better-ranked sources are waited for, by the pace of the answers so far.
Duration grace(Duration slowest_answer);

}  // namespace mailconf
