#include "engine/report_builder.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <iterator>

#include "engine/configurations.h"
#include "engine/consent.h"
#include "engine/follow_ups.h"
#include "engine/knowledge.h"
#include "engine/portal.h"
#include "engine/proof.h"
#include "engine/services.h"

namespace mailconf {
namespace {

std::string name_of(const State& state, std::size_t rank) { return std::string(state.sources[rank].entry.id); }

std::string place_of(const Server& server) { return fmt::format("{}:{}", server.hostname, server.port); }

// --- rows ---

// Why a question has no verdict, or a source was never begun.
Verdict unanswered(const State& state, const SourceState& source, bool was_sent, const Chosen& chosen) {
  switch (state.end) {
    case State::End::aborted:
      return {Outcome::unknown, "cancelled before an answer came"};
    case State::End::out_of_time:
      return {Outcome::unknown, "no answer before the time for the whole search was over"};
    case State::End::running:
      return {Outcome::unknown, "not answered yet"};
    case State::End::settled:
      break;
  }
  if ((source.stopped || !was_sent) && chosen.incoming) {
    return {Outcome::skipped, fmt::format("{} has the answer", name_of(state, chosen.incoming->rank))};
  }
  return {Outcome::unknown, "not waited for any longer"};
}

SourceRow row_without_ask(const State& state, const SourceState& source, const Chosen& chosen) {
  const Verdict verdict = source.verdict.value_or(unanswered(state, source, false, chosen));
  SourceRow row;
  row.source = source.entry.id;
  row.target = state.subject.domain.ascii();
  row.outcome = verdict.outcome;
  row.reason = verdict.reason;
  return row;
}

// Why a question beside the search has none.
Verdict unanswered_beside(const State& state, const Ask& ask, const Chosen& chosen) {
  if (state.end != State::End::settled) return unanswered(state, state.sources[ask.source], true, chosen);
  if (ask.follow_up) return {Outcome::skipped, "not waited for any longer"};
  return {Outcome::skipped, "nobody waits for services beside the mail"};
}

enum class Rows { all, of_the_mail };

std::vector<SourceRow> rows(const State& state, const Chosen& chosen, Rows wanted) {
  std::vector<SourceRow> all;
  for (std::size_t rank = 0; rank < state.sources.size(); ++rank) {
    const auto& source = state.sources[rank];
    const std::size_t before = all.size();
    for (const auto& ask : state.asks) {
      if (ask.source != rank || (ask.beside() && wanted == Rows::of_the_mail)) continue;
      all.push_back(row_of(state, ask));
      if (ask.verdict) continue;
      const bool was_sent = state.exchanges[ask.exchange].was_sent();
      const Verdict verdict =
          ask.beside() ? unanswered_beside(state, ask, chosen) : unanswered(state, source, was_sent, chosen);
      all.back().outcome = verdict.outcome;
      all.back().reason = verdict.reason;
    }
    if (all.size() == before) all.push_back(row_without_ask(state, source, chosen));
  }
  return all;
}

// --- decisions and warnings ---

std::string first_refusal(const State& state, const std::vector<FoundServer>& servers) {
  if (servers.empty()) return "it names no server for this";
  for (const auto& found : servers) {
    const auto proof = proof_of(state, found.server);
    if (proof && proof->outcome != ProofOutcome::proven && !proof->reason.empty()) {
      return fmt::format("{}: {}", place_of(found.server), proof->reason);
    }
  }
  return fmt::format("{}: no answer while others were proven", place_of(servers.front().server));
}

void explain_passed_over(const State& state, const Finding& chosen, bool reading, std::vector<std::string>& decisions) {
  for (const auto& [rank, finding] : state.findings) {
    if (rank >= chosen.rank) continue;
    decisions.push_back(fmt::format("{} is not used for {}: {}", name_of(state, rank), reading ? "reading" : "sending",
                                    first_refusal(state, reading ? finding.incoming : finding.outgoing)));
  }
}

std::vector<std::string> decisions(const State& state, const Chosen& chosen) {
  std::vector<std::string> made;
  if (chosen.incoming) {
    const auto* what = chosen.incoming == chosen.outgoing ? "the settings come" : "the settings for reading come";
    made.push_back(fmt::format("{} from {}", what, name_of(state, chosen.incoming->rank)));
    if (auto witness = vouching(state, *chosen.incoming)) made.push_back(*std::move(witness));
    explain_passed_over(state, *chosen.incoming, true, made);
  }
  if (chosen.outgoing && chosen.outgoing != chosen.incoming) {
    made.push_back(fmt::format("the settings for sending come from {}", name_of(state, chosen.outgoing->rank)));
    if (auto witness = vouching(state, *chosen.outgoing)) made.push_back(*std::move(witness));
    explain_passed_over(state, *chosen.outgoing, false, made);
  }
  for (const auto& [rank, finding] : state.findings) {
    if (chosen.incoming && rank > chosen.incoming->rank && &finding != chosen.outgoing) {
      made.push_back(fmt::format("{} ranks below {}", name_of(state, rank), name_of(state, chosen.incoming->rank)));
    }
  }
  return made;
}

void warn_of_servers(const State& state, const std::vector<FoundServer>& servers, std::vector<Warning>& warnings) {
  for (const auto& found : servers) {
    const auto proof = proof_of(state, found.server);
    if (!proof) continue;
    if (proof->outcome == ProofOutcome::refused) {
      warnings.push_back({"server-refused", fmt::format("{}: {}", place_of(found.server), proof->reason)});
    } else if (proof->outcome == ProofOutcome::unreachable) {
      warnings.push_back({"server-unreachable", fmt::format("{}: {}", place_of(found.server), proof->reason)});
    } else if (sign_in_differs(found.server, *proof)) {
      warnings.push_back({"sign-in-differs", fmt::format("{} offers none of the published ways to sign in, but {}",
                                                         place_of(found.server), fmt::join(proof->mechanisms, ", "))});
    }
  }
}

// What to say of a reservation, by its kind.
const std::array<Warning, 3> reserve{{
    {"plaintext-left-out", " without encryption; it is not used"},
    {"oauth2-unknown", " with OAuth2 alone, and where to sign in is not known; it is not used"},
    {"oauth2-unknown", " with OAuth2, and where to sign in is not known; another way is used"},
}};

std::vector<Warning> warnings(const State& state, const Chosen& chosen) {
  auto all = state.warnings;
  if (chosen.incoming) warn_of_servers(state, chosen.incoming->incoming, all);
  if (chosen.outgoing) warn_of_servers(state, chosen.outgoing->outgoing, all);
  for (const auto& [rank, finding] : state.findings) {
    for (const auto& [server, kind] : finding.reservations) {
      const auto& [code, text] = reserve.at(kind);
      all.push_back({code, fmt::format("{} names {}{}", name_of(state, rank), place_of(server), text)});
    }
  }
  return all;
}

// --- status ---

bool any_reserved(const State& state, Reservation::Kind kind) {
  return std::any_of(state.findings.begin(), state.findings.end(), [kind](const auto& entry) {
    return std::ranges::count(entry.second.reservations, kind, &Reservation::kind) > 0;
  });
}

bool only_in_clear(const State& state) {
  return any_reserved(state, Reservation::in_clear) ||
         std::any_of(state.warnings.begin(), state.warnings.end(),
                     [](const Warning& warning) { return warning.code == "plaintext-only"; });
}

bool only_by_url(const State& state) {
  const auto by_url = [](const FoundServer& found) { return !is_tcp(found.server.type); };
  return std::any_of(state.findings.begin(), state.findings.end(), [&](const auto& entry) {
    return std::any_of(entry.second.incoming.begin(), entry.second.incoming.end(), by_url);
  });
}

bool is_known_to_offer_none(const State& state) {
  return std::ranges::any_of(notes_about(state), [](const Hint& note) {
    return note.kind == "bridge" || note.kind == "no-standard-protocol";
  });
}

bool wants_credentials(const State& state) {
  return std::any_of(state.asks.begin(), state.asks.end(),
                     [](const Ask& ask) { return ask.verdict && ask.verdict->wants_credentials; });
}

// Nothing usable was found: is that certain, and why?
Status status_without_servers(const State& state, const std::vector<SourceRow>& rows) {
  if (any_reserved(state, Reservation::oauth2_alone)) return Status::needs_oauth2;
  if (only_in_clear(state)) return Status::insecure_only;
  if (only_by_url(state) || is_known_to_offer_none(state)) return Status::no_standard_protocol;
  if (wants_credentials(state)) return Status::needs_credentials;
  const auto is = [](Outcome outcome) { return [outcome](const SourceRow& row) { return row.outcome == outcome; }; };
  if (looks_like_a_portal(state)) return Status::unknown;
  const bool uncertain = std::any_of(rows.begin(), rows.end(), is(Outcome::unknown));
  if (uncertain && !state.exchanges.heard_anything()) return Status::offline;
  return uncertain ? Status::unknown : Status::not_found;
}

Status status_of(const State& state, const Chosen& chosen, const std::vector<SourceRow>& rows) {
  if (state.end == State::End::aborted) return Status::aborted;
  const Standing reading = chosen.incoming ? standing_of(state, chosen.incoming->incoming) : Standing::missing;
  const Standing sending = chosen.outgoing ? standing_of(state, chosen.outgoing->outgoing) : Standing::missing;
  const bool final = state.end != State::End::running;
  const auto usable = [final](Standing standing) {
    return standing == Standing::proven || (!final && standing == Standing::pending);
  };
  if (usable(reading) && usable(sending)) return Status::found;
  if (usable(reading) || usable(sending)) return Status::partial;
  const auto silent = [](Standing standing) {
    return standing == Standing::unreachable || standing == Standing::pending;
  };
  if (silent(reading) || silent(sending)) return Status::unknown;
  return status_without_servers(state, rows);
}

}  // namespace

Report build_report(const State& state) {
  const Chosen chosen = choose(state);
  Report report;
  if (state.subject.address) report.address = state.subject.address->text();
  report.domain = state.subject.domain.ascii();
  report.sources = rows(state, chosen, Rows::all);
  report.status = status_of(state, chosen, rows(state, chosen, Rows::of_the_mail));
  report.best = recommended(state, chosen);
  add_services(state, report.best);
  report.consent = consent_for(state, chosen, report.best);
  report.login = login_forms(report.best, state.subject.address);
  report.alternatives = alternatives(state, chosen);
  for (const auto& page : report.best.enable) report.hints.push_back({"enable", page.visit_url});
  for (auto& note : notes_about(state)) {
    // The page that the settings themselves name is the better one.
    if (note.kind == "enable-imap" && !report.best.enable.empty()) continue;
    report.hints.push_back(std::move(note));
  }
  report.decisions = decisions(state, chosen);
  report.conflicts = conflicts(report.best, report.alternatives);
  report.warnings = warnings(state, chosen);
  if (report.best.sources.empty() && looks_like_a_portal(state)) {
    report.warnings.push_back({"captive-portal",
                               "everything is answered by something else: this network may want a sign-in in the "
                               "browser first"});
  }
  std::ranges::move(services_left_out(state, report.best), std::back_inserter(report.warnings));
  report.elapsed = state.now - state.began;
  report.provisional = state.provisional;
  report.proved = state.proved;
  return report;
}

}  // namespace mailconf
