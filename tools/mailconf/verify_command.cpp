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

int sign_in(Resolver& resolver, const Report& report, const EmailAddress& address, const Options& options,
            const std::stop_token& stop) {
  const auto consent = may_sign_in(report, options, stop);
  if (!consent) return complain(consent.error().text(), kNotEnough);
  if (!*consent) return complain("nothing was sent", kNotEnough);
  auto credentials = read_credentials(report, options, stop);
  if (!credentials) return complain(credentials.error().text(), kBadUsage);
  return finish(report, resolver.verify(report.best, address, std::move(*credentials), stop), options);
}

}  // namespace

int verify_command(const CommandLine& line) {
  const Options& options = line.options;
  const auto address = EmailAddress::parse(line.operands.front());
  if (!address) return bad_usage(address.error());
  const Interrupt interrupt;
  auto resolver = Resolver::create(options.resolver);
  if (!resolver) return bad_usage(resolver.error());
  const Report report = watched_resolution(*resolver, *address, options, interrupt.token());
  if (!show(report, options)) return cannot_write();
  const bool enough = exit_status(report, options.required_trust) == kUsable || report.status == Status::partial;
  if (!enough || hosts(report.best).empty()) return finish(report, {}, options);
  return sign_in(*resolver, report, *address, options, interrupt.token());
}

}  // namespace mailconf::cli
