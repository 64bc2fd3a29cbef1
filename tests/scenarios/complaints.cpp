#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "scenarios/runner.h"
#include "sources/catalog.h"
#include "support/mail_server.h"

namespace mailconf::simulated {
namespace {

using Texts = std::vector<std::string>;
using std::chrono::milliseconds;

std::int64_t in_milliseconds(Duration duration) { return std::chrono::duration_cast<milliseconds>(duration).count(); }

// ---- what a report says, as lines

std::string line_of(const FoundServer& found) {
  const auto& server = found.server;
  Texts methods;
  for (const auto method : server.authentication) methods.emplace_back(to_string(method));
  return fmt::format("{} {} {} {} {} {}", to_string(server.type), server.hostname, server.port,
                     to_string(server.socket_type), fmt::join(methods, ","), server.username);
}

std::string proof_of(const FoundServer& found) {
  return fmt::format("{}:{} {} {}", found.server.hostname, found.server.port, to_string(found.proof.outcome),
                     found.proof.reason);
}

std::string service_line(const FoundService& found) {
  const auto& service = found.service;
  const auto where = service.url.empty() ? fmt::format("{}:{}", service.hostname, service.port) : service.url;
  return fmt::format("{} {} {}", to_string(service.type), where, found.source);
}

Texts oauth2_lines(const std::optional<OAuth2>& oauth2) {
  if (!oauth2) return {};
  const std::pair<std::string_view, const std::string&> facts[] = {{"issuer", oauth2->issuer},
                                                                   {"authURL", oauth2->auth_url},
                                                                   {"tokenURL", oauth2->token_url},
                                                                   {"scope", oauth2->scope},
                                                                   {"registrationURL", oauth2->registration_url},
                                                                   {"deviceURL", oauth2->device_url}};
  Texts lines;
  for (const auto& [name, value] : facts) {
    if (!value.empty()) lines.push_back(fmt::format("{} {}", name, value));
  }
  return lines;
}

std::string line_of(const SourceRow& row) {
  return fmt::format("{} {} {} {}", row.source, row.target, to_string(row.outcome), row.reason);
}

template <class Range, class Function>
Texts lines_of(const Range& range, Function function) {
  Texts result;
  for (const auto& each : range) result.push_back(function(each));
  return result;
}

Texts proofs_of(const Configuration& configuration) {
  auto result = lines_of(configuration.incoming, proof_of);
  std::ranges::move(lines_of(configuration.outgoing, proof_of), std::back_inserter(result));
  return result;
}

std::string best_source(const Configuration& configuration) {
  return configuration.sources.empty() ? "none" : configuration.sources.front();
}

// Of all that a source asked, what it came to.
std::string outcome_of(const Report& report, const std::string& source) {
  std::set<Outcome> seen;
  for (const auto& row : report.sources) {
    if (row.source == source) seen.insert(row.outcome);
  }
  for (const auto outcome : {Outcome::found, Outcome::unknown, Outcome::absent, Outcome::skipped}) {
    if (seen.contains(outcome)) return std::string(to_string(outcome));
  }
  return "no row";
}

// ---- comparing

class Complaints {
 public:
  void equal(std::string_view what, const std::string& got, const std::optional<std::string>& expected) {
    if (expected && got != *expected) add("{}: expected {}, got {}", what, *expected, got);
  }

  // A pattern a line; short patterns need not say authentication and user name.
  void same_lines(std::string_view what, const Texts& got, const std::optional<Texts>& patterns) {
    if (!patterns) return;
    const bool same = std::ranges::equal(got, *patterns, [](const std::string& line, const std::string& pattern) {
      return matches(line, pattern) || matches(line, pattern + " *");
    });
    if (!same) add("{}: expected [{}], got [{}]", what, fmt::join(*patterns, "; "), fmt::join(got, "; "));
  }

  void present(std::string_view what, const Texts& got, const Texts& patterns) {
    for (const auto& pattern : patterns) {
      if (!any(got, pattern)) add("{}: none is like '{}'", what, pattern);
    }
  }

  void missing(std::string_view what, const Texts& got, const Texts& patterns) {
    for (const auto& pattern : patterns) {
      if (any(got, pattern)) add("{}: there should be none like '{}'", what, pattern);
    }
  }

  void within(std::string_view what, std::optional<Duration> got, std::optional<Duration> limit) {
    if (!limit) return;
    if (!got) return add("{}: never, expected within {} ms", what, in_milliseconds(*limit));
    if (*got > *limit)
      add("{}: after {} ms, expected within {} ms", what, in_milliseconds(*got), in_milliseconds(*limit));
  }

  template <class... Arguments>
  void add(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    list_.push_back(fmt::format(format, std::forward<Arguments>(arguments)...));
  }

  [[nodiscard]] Texts take() { return std::move(list_); }

 private:
  static bool any(const Texts& got, const std::string& pattern) {
    return std::ranges::any_of(got, [&](const auto& line) { return matches(line, pattern); });
  }
  Texts list_;
};

void check_answer(Complaints& complaints, const Expectation& expect, const Report& report) {
  const auto& best = report.best;
  complaints.equal("status", std::string(to_string(report.status)), expect.status);
  complaints.equal("trust", std::string(to_string(best.trust)), expect.trust);
  complaints.equal("source", best_source(best), expect.source);
  complaints.same_lines("sources", best.sources, expect.sources);
  complaints.same_lines("incoming", lines_of(best.incoming, [](const auto& s) { return line_of(s); }), expect.incoming);
  complaints.same_lines("outgoing", lines_of(best.outgoing, [](const auto& s) { return line_of(s); }), expect.outgoing);
  complaints.same_lines("services", lines_of(best.services, service_line), expect.services);
  complaints.same_lines("proofs", proofs_of(best), expect.proofs);
  complaints.same_lines("alternatives", lines_of(report.alternatives, best_source), expect.alternatives);
}

void check_explanation(Complaints& complaints, const Expectation& expect, const Report& report) {
  for (const auto& [source, outcome] : expect.outcomes) {
    complaints.equal("outcome of " + source, outcome_of(report, source), outcome);
  }
  const auto rows = lines_of(report.sources, [](const SourceRow& row) { return line_of(row); });
  complaints.present("rows", rows, expect.rows);
  complaints.missing("rows", rows, expect.no_rows);
  const auto codes = lines_of(report.warnings, [](const Warning& warning) { return warning.code; });
  complaints.present("warnings", codes, expect.warnings);
  complaints.missing("warnings", codes, expect.no_warnings);
  complaints.same_lines("hints", lines_of(report.hints, [](const Hint& hint) { return hint.kind; }), expect.hints);
  complaints.same_lines("oauth2", oauth2_lines(report.best.oauth2), expect.oauth2);
  complaints.same_lines("consent domains", report.consent.domains, expect.consent_domains);
  complaints.same_lines("user names", report.login.usernames, expect.usernames);
  if (expect.needs_password && report.login.needs_password != *expect.needs_password)
    complaints.add("whether a password is needed: got {}", report.login.needs_password);
  complaints.same_lines("conflicts", lines_of(report.conflicts, [](const Conflict& each) { return each.field; }),
                        expect.conflicts);
  complaints.present("decisions", report.decisions, expect.decisions);
}

void check_times(Complaints& complaints, const Expectation& expect, const Run& run) {
  const auto& report = run.report;
  complaints.within("provisional", report.provisional, expect.provisional_within);
  complaints.within("proved", report.proved, expect.proved_within);
  complaints.within("end", run.ended, expect.ends_within);
  if (expect.ends_after && run.ended < *expect.ends_after)
    complaints.add("end: after {} ms, expected no earlier than {} ms", in_milliseconds(run.ended),
                   in_milliseconds(*expect.ends_after));
  if (expect.provisional_source)
    complaints.equal("provisional source", run.provisional ? best_source(run.provisional->best) : "none",
                     expect.provisional_source);
}

void check_traffic(Complaints& complaints, const Expectation& expect, const Run& run) {
  const auto targets = lines_of(run.asked, [](const Asked& asked) { return asked.target; });
  complaints.present("asked", targets, expect.asked);
  complaints.missing("asked", targets, expect.never_asked);
  std::set<std::string> told;
  for (const auto& asked : run.asked) {
    if (asked.holds_address) told.insert(asked.target);
  }
  const std::set<std::string> may(expect.address_sent_to.begin(), expect.address_sent_to.end());
  if (told != may)
    complaints.add("address sent to: expected [{}], got [{}]", fmt::join(may, "; "), fmt::join(told, "; "));
  if (expect.sockets_at_most && run.sockets.total > *expect.sockets_at_most)
    complaints.add("sockets: {} at once, expected at most {}", run.sockets.total, *expect.sockets_at_most);
}

void check_nothing_is_left(Complaints& complaints, const Scenario& scenario, const Run& run) {
  if (run.outstanding > 0) complaints.add("{} questions are still open", run.outstanding);
  if (run.open_sockets > 0) complaints.add("{} sockets are still open", run.open_sockets);
  complaints.within("end", run.ended, scenario.options.deadline);
  complaints.within("the report's elapsed time", run.report.elapsed, run.ended);
  if (scenario.cancel_at) complaints.within("end", run.ended, *scenario.cancel_at + milliseconds(100));
}

void check_every_source_has_a_row(Complaints& complaints, const Scenario& scenario, const Report& report) {
  for (const auto& entry : standard_catalog()) {
    const auto& chosen = scenario.options.sources;
    if (!chosen.empty() && std::ranges::find(chosen, entry.id) == chosen.end()) continue;
    if (entry.id == "guess" && !scenario.options.probe) continue;
    const bool listed = std::ranges::any_of(report.sources, [&](const auto& row) { return row.source == entry.id; });
    if (!listed) complaints.add("source {} has no row", entry.id);
  }
  for (const auto& row : report.sources) {
    if (row.outcome != Outcome::found && row.reason.empty()) complaints.add("no reason for: {}", line_of(row));
  }
}

// What is recommended was not refuted, and is encrypted unless the caller allows otherwise.
void check_servers(Complaints& complaints, const Scenario& scenario, const Report& report) {
  for (const auto* list : {&report.best.incoming, &report.best.outgoing}) {
    for (const auto& found : *list) {
      if (found.proof.outcome == ProofOutcome::refused)
        complaints.add("recommended though refused: {}", line_of(found));
      if (found.server.socket_type == SocketType::plain && !scenario.options.allow_plaintext)
        complaints.add("recommended though unencrypted: {}", line_of(found));
    }
  }
}

}  // namespace

std::vector<std::string> broken_promises(const Scenario& scenario, const Run& run) {
  Complaints complaints;
  check_nothing_is_left(complaints, scenario, run);
  if (run.sockets.total > 16) complaints.add("{} sockets at once", run.sockets.total);
  if (run.sockets.to_one_address > 4) complaints.add("{} sockets to one address", run.sockets.to_one_address);
  for (const auto& line : run.mail_commands) {
    if (is_login(line)) complaints.add("a login was sent: {}", line);
  }
  for (const auto& asked : run.asked) {
    if (!asked.encrypted && !scenario.options.allow_http) complaints.add("asked without encryption: {}", asked.target);
  }
  if (run.report.status != Status::bad_input) check_every_source_has_a_row(complaints, scenario, run.report);
  check_servers(complaints, scenario, run.report);
  return complaints.take();
}

std::vector<std::string> complaints(const Scenario& scenario, const Run& run) {
  Complaints complaints;
  check_answer(complaints, scenario.expect, run.report);
  check_explanation(complaints, scenario.expect, run.report);
  check_times(complaints, scenario.expect, run);
  check_traffic(complaints, scenario.expect, run);
  auto result = complaints.take();
  std::ranges::move(broken_promises(scenario, run), std::back_inserter(result));
  return result;
}

std::string summary(const Run& run) {
  const auto& report = run.report;
  auto text = fmt::format("{} by {} ({}), provisional {} ms, proved {} ms, end {} ms\n", to_string(report.status),
                          fmt::join(report.best.sources, " and "), to_string(report.best.trust),
                          report.provisional ? in_milliseconds(*report.provisional) : -1,
                          report.proved ? in_milliseconds(*report.proved) : -1, in_milliseconds(run.ended));
  for (const auto* list : {&report.best.incoming, &report.best.outgoing}) {
    for (const auto& found : *list)
      text += fmt::format("  {} [{} {}]\n", line_of(found), to_string(found.proof.outcome), found.proof.reason);
  }
  for (const auto& row : report.sources)
    text +=
        fmt::format("  {:>5} +{:<5} {}\n", in_milliseconds(row.started), in_milliseconds(row.elapsed), line_of(row));
  for (const auto& decision : report.decisions) text += fmt::format("  decision: {}\n", decision);
  for (const auto& warning : report.warnings) text += fmt::format("  warning {}: {}\n", warning.code, warning.message);
  for (const auto& conflict : report.conflicts)
    text += fmt::format("  conflict of {}: {} [{}]\n", fmt::join(conflict.between, ", "), conflict.field,
                        fmt::join(conflict.values, ", "));
  for (const auto& each : report.alternatives)
    text += fmt::format("  alternative of {}: {}\n", best_source(each),
                        fmt::join(lines_of(each.incoming, [](const auto& s) { return line_of(s); }), "; "));
  return text;
}

}  // namespace mailconf::simulated
