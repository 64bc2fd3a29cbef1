// All that one resolution knows, as values: what was asked by whom, what came back, what was found.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/exchanges.h"
#include "engine/ranking.h"
#include "engine/resolution.h"

namespace mailconf {

// What a question is for. All but `mail` are beside the search: their answers leave no doubt about its end.
enum class Purpose {
  mail,
  beside,    // services beside the mail
  vouching,  // whether what was found deserves more trust
  sign_in,   // where tokens are given out
};

// One source asked one question, because of the answer to an earlier one.
struct Ask {
  std::size_t source = 0;
  Exchanges::Id exchange = 0;
  std::optional<std::size_t> because = {};  // another ask of the same source
  std::optional<Verdict> verdict = {};      // once answered
  Purpose purpose = Purpose::mail;
  std::optional<std::size_t> follow_up = {};  // of the source, that asked

  [[nodiscard]] bool beside() const { return purpose != Purpose::mail; }
};

// What is asked because of a source's settings.
struct FollowUp {
  Purpose purpose;
  std::string about;
  std::unique_ptr<Source> source;
};

struct SourceState {
  CatalogEntry entry;
  std::unique_ptr<Source> source;  // once begun
  std::size_t outstanding = 0;     // asks without verdict that are not beside the mail
  std::optional<Verdict> verdict;  // of a source that asked nobody
  bool stopped = false;            // outranked: its answers are no longer of interest
  std::vector<FollowUp> follow_ups;
};

// A published server that is not used, or not as published.
struct Reservation {
  enum Kind {
    in_clear,        // left out: without encryption
    oauth2_alone,    // left out: takes tokens only, and who gives them out is not known
    oauth2_unknown,  // kept with its other ways to sign in
  };
  Server server;
  Kind kind;
};

// The settings that one source established, placeholders replaced.
struct Finding {
  std::size_t rank;
  Settings published;  // with their placeholders
  Settings settings;
  std::vector<FoundServer> incoming;
  std::vector<FoundServer> outgoing;
  std::vector<FoundService> services;
  std::vector<std::size_t> evidence;  // asks
  Trust trust = Trust::confirm;
  std::vector<std::string> doubts;  // what keeps the trust from being more
  Instant found_at{};
  std::vector<Reservation> reservations;
};

// A service that a source was told of by itself, beside the mail.
struct ServiceFinding {
  std::size_t rank;
  FoundService found;
  Trust trust = Trust::confirm;
};

struct State {
  enum class End { running, settled, out_of_time, aborted };

  State(const Subject& about, const ResolutionOptions& how) : subject(about), options(how) {}

  const Subject& subject;
  ResolutionOptions options;
  std::vector<SourceState> sources;
  std::vector<Ask> asks;
  Exchanges exchanges;
  std::map<std::size_t, Finding> findings;  // by rank
  std::vector<ServiceFinding> services;
  // What issuers and resources say of themselves, by the name that settings gave.
  std::map<std::string, OAuth2, std::less<>> sign_in;
  std::vector<Warning> warnings;
  Instant began{};
  Instant now{};
  std::optional<Instant> guessing_until;  // since the first port was tried on suspicion
  std::optional<Duration> provisional;
  std::optional<Duration> proved;
  End end = End::running;
};

// What the network showed about `server`; nothing while that is under way or has not been asked.
std::optional<Proof> proof_of(const State& state, const Server& server);

// How far reading or sending has got for these servers, at this moment.
Standing standing_of(const State& state, const std::vector<FoundServer>& servers);

Candidate candidate_of(const State& state, const Finding& finding);

// The findings chosen at this moment, by rank.
struct Chosen {
  const Finding* incoming = nullptr;
  const Finding* outgoing = nullptr;

  [[nodiscard]] bool whole() const { return incoming && outgoing; }
};
Chosen choose(const State& state);

// The rank of the settings that need no completion and have not failed their proof; nothing while there are none.
std::optional<std::size_t> settled_rank(const State& state);

// The source awaits answers that are still of interest.
bool is_running(const SourceState& source);

// The row of the report that tells of an ask as it stands now.
SourceRow row_of(const State& state, const Ask& ask);

}  // namespace mailconf
