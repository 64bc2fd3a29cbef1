#include <algorithm>
#include <fmt/core.h>
#include <unistd.h>

#include "commands.h"
#include "display_text.h"
#include "exit_status.h"
#include "explanation.h"
#include "interrupt.h"
#include "login_text.h"
#include "mailconf/formats.h"
#include "plain_words.h"
#include "recording_file.h"
#include "report_text.h"
#include "secret_input.h"
#include "terminal.h"
#include "trust_words.h"
#include "watched_resolution.h"

namespace mailconf::cli {
namespace {

Style style_of(int descriptor, const Options& options) { return style_for(terminal(descriptor), options.color); }

std::vector<std::string> hosts(const Configuration& shown) {
  std::vector<std::string> names;
  for (const auto* servers : {&shown.incoming, &shown.outgoing}) {
    for (const FoundServer& found : *servers) {
      const bool proven = found.proof.outcome == ProofOutcome::proven;
      const bool known = std::ranges::find(names, found.server.hostname) != names.end();
      if (proven && !known) names.push_back(found.server.hostname);
    }
  }
  return names;
}

// Settings that others could have chosen get no password before somebody has looked at them.
Result<bool> may_sign_in(const Report& report, const Options& options, const std::stop_token& stop) {
  if (report.best.trust == Trust::authenticated || options.login.yes) return true;
  auto answer =
      ask_yes_or_no(fmt::format("{}\nSign in at {}?", trust_words(report), joined(hosts(report.best), " and ")), stop);
  if (answer) return answer;
  return fail(ErrorCode::io, "", "the settings need a look before a password goes there; --yes says that it was taken");
}

Result<Credentials> read_credentials(const Report& report, const Options& options, const std::stop_token& stop) {
  const auto& login = options.login;
  Credentials credentials;
  auto& wanted = login.token_file.empty() ? credentials.password : credentials.token;
  const auto& file = login.token_file.empty() ? login.password_file : login.token_file;
  auto secret = file.empty() ? ask_for_secret(displayable(fmt::format("Password for {} at {}: ", report.address,
                                                                      joined(hosts(report.best), " and "))),
                                              stop)
                             : read_secret_file(file, stop);
  if (!secret) return tl::unexpected(secret.error());
  wanted = std::move(*secret);
  credentials.username = login.username;
  return credentials;
}

bool show(const Report& report, const Options& options) {
  if (options.trace && !options.quiet) write_all(STDERR_FILENO, explanation(report, style_of(STDERR_FILENO, options)));
  if (options.json || options.quiet) return true;
  return write_all(STDOUT_FILENO, report_text(report, style_of(STDOUT_FILENO, options)) + "\n");
}

int finish(const Report& report, const std::vector<LoginAttempt>& attempts, const Options& options) {
  std::string text;
  if (options.json) {
    text = write_login_json(report, attempts, true) + "\n";
  } else if (!options.quiet && !attempts.empty()) {
    text = login_text(attempts, style_of(STDOUT_FILENO, options));
  }
  if (!write_all(STDOUT_FILENO, text)) return cannot_write();
  if (!attempts.empty()) return exit_status(attempts);
  // Good settings at which nobody has signed in prove nothing.
  const int status = exit_status(report, options.required_trust);
  return status == kUsable ? kCouldNotTell : status;
}

// One run of the command: with a network, perhaps written down, or with a recording.
class Verification {
 public:
  Verification(Resolver resolver, EmailAddress address, const Options& options, std::stop_token stop)
      : resolver_(std::move(resolver)), address_(std::move(address)), options_(options), stop_(std::move(stop)) {}

  // The exit status.
  int run();

 private:
  Recorded resolve();
  Result<std::vector<LoginAttempt>> log_in(Credentials credentials);
  int sign_in();
  int end(const std::vector<LoginAttempt>& attempts);

  Resolver resolver_;
  EmailAddress address_;
  const Options& options_;
  std::stop_token stop_;
  Recorded run_;
};

Recorded Verification::resolve() {
  if (!options_.record.empty()) return watched_recording(resolver_, address_, options_, stop_);
  return {watched_resolution(resolver_, address_, options_, stop_), ""};
}

Result<std::vector<LoginAttempt>> Verification::log_in(Credentials credentials) {
  const Configuration& shown = run_.report.best;
  if (run_.recording.empty()) return resolver_.verify(shown, address_, std::move(credentials), stop_);
  auto recorded = resolver_.record_verify(run_.recording, shown, address_, std::move(credentials), stop_);
  if (!recorded) return tl::unexpected(recorded.error());
  run_.recording = std::move(recorded->recording);
  return std::move(recorded->attempts);
}

// A recording gives no reason to ask for a secret.
int Verification::sign_in() {
  Credentials credentials;
  credentials.username = options_.login.username;
  if (options_.replay.empty()) {
    const auto consent = may_sign_in(run_.report, options_, stop_);
    if (!consent) return complain(consent.error().text(), kNotEnough);
    if (!*consent) return complain("nothing was sent", kNotEnough);
    auto read = read_credentials(run_.report, options_, stop_);
    if (!read) return complain(read.error().text(), kBadUsage);
    credentials = std::move(*read);
  }
  const auto attempts = log_in(std::move(credentials));
  return attempts ? end(*attempts) : bad_usage(attempts.error());
}

// Of a run that was cut off nothing is kept.
int Verification::end(const std::vector<LoginAttempt>& attempts) {
  const int status = finish(run_.report, attempts, options_);
  if (run_.recording.empty() || stop_.stop_requested()) return status;
  const auto written = write_recording_file(options_, run_.recording);
  return written ? status : bad_usage(written.error());
}

int Verification::run() {
  run_ = resolve();
  const Report& report = run_.report;
  if (!show(report, options_)) return cannot_write();
  const bool enough = exit_status(report, options_.required_trust) == kUsable || report.status == Status::partial;
  return enough && !hosts(report.best).empty() ? sign_in() : end({});
}

}  // namespace

int verify_command(const CommandLine& line) {
  const Interrupt interrupt;
  auto search = search_of(line);
  if (!search) return bad_usage(search.error());
  return Verification(std::move(search->resolver), std::move(search->address), line.options, interrupt.token()).run();
}

}  // namespace mailconf::cli
