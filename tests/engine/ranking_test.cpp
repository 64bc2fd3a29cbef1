#include "engine/ranking.h"

#include <boost/test/unit_test.hpp>

#include "engine/timing.h"

using namespace mailconf;
using std::chrono::milliseconds;

namespace {

constexpr auto proven = Standing::proven;
constexpr auto pending = Standing::pending;
constexpr auto refuted = Standing::refuted;
constexpr auto unreachable = Standing::unreachable;
constexpr auto missing = Standing::missing;

Candidate candidate(std::size_t rank, Standing incoming, Standing outgoing, Trust trust = Trust::authenticated) {
  return {rank, trust, incoming, outgoing};
}

struct Case {
  const char* sentence;
  std::vector<Candidate> candidates;
  Choice expected;
};

const std::vector<Case> cases{
    {"nothing found, nothing chosen", {}, {std::nullopt, std::nullopt}},
    {"the better rank wins", {candidate(1, proven, proven), candidate(4, proven, proven)}, {0, 0}},
    {"the better rank wins before its proof is in",
     {candidate(1, pending, pending), candidate(4, proven, proven)},
     {0, 0}},
    {"a refuted own file loses to a proven neighbour",
     {candidate(1, refuted, refuted), candidate(4, proven, proven)},
     {1, 1}},
    {"a silent own file loses to a proven neighbour",
     {candidate(1, unreachable, unreachable), candidate(4, proven, proven)},
     {1, 1}},
    {"silence is better than refutation",
     {candidate(1, refuted, refuted), candidate(4, unreachable, unreachable)},
     {1, 1}},
    {"a half is completed by the next that has the other half",
     {candidate(1, proven, missing), candidate(4, missing, proven)},
     {0, 1}},
    {"a file with a refuted half loses to a whole neighbour",
     {candidate(1, proven, refuted), candidate(4, proven, proven)},
     {1, 1}},
    {"a refuted half is completed by a sound one",
     {candidate(1, proven, refuted), candidate(4, missing, proven)},
     {0, 1}},
    {"only sending is better than nothing", {candidate(4, missing, proven)}, {std::nullopt, 0}},
    {"settings that came in clear lose to worse-ranked encrypted ones",
     {candidate(1, proven, proven, Trust::insecure), candidate(9, proven, proven, Trust::confirm)},
     {1, 1}},
    {"what must be confirmed keeps its rank",
     {candidate(5, proven, proven, Trust::confirm), candidate(9, proven, proven, Trust::authenticated)},
     {0, 0}},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(ranking)

BOOST_AUTO_TEST_CASE(the_choice_follows_soundness_then_encryption_then_rank) {
  for (const auto& [sentence, candidates, expected] : cases) {
    BOOST_TEST_CONTEXT(sentence) {
      const Choice choice = choose(candidates);
      BOOST_TEST((choice == expected));
    }
  }
}

BOOST_AUTO_TEST_CASE(the_choice_does_not_depend_on_the_order_of_the_candidates) {
  for (const auto& [sentence, candidates, expected] : cases) {
    BOOST_TEST_CONTEXT(sentence) {
      auto reversed = candidates;
      std::reverse(reversed.begin(), reversed.end());
      const auto mirrored = [&](std::optional<std::size_t> index) {
        return index ? std::optional(candidates.size() - 1 - *index) : index;
      };
      const Choice choice = choose(reversed);
      BOOST_TEST((choice == Choice{mirrored(expected.incoming), mirrored(expected.outgoing)}));
    }
  }
}

BOOST_AUTO_TEST_CASE(the_grace_follows_the_pace_of_the_answers_between_a_floor_and_a_ceiling) {
  BOOST_TEST((grace(milliseconds(0)) == timing::grace_ceiling));
  BOOST_TEST((grace(milliseconds(10)) == timing::grace_floor));
  BOOST_TEST((grace(milliseconds(200)) == milliseconds(800)));
  BOOST_TEST((grace(milliseconds(3000)) == timing::grace_ceiling));
}

BOOST_AUTO_TEST_SUITE_END()
