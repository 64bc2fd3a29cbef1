#include "settings_search.h"

#include <fmt/core.h>
#include <unistd.h>

#include "display_text.h"
#include "exit_status.h"
#include "explanation.h"
#include "interrupt.h"
#include "recording_file.h"
#include "report_text.h"
#include "terminal.h"
#include "watched_resolution.h"

namespace mailconf::cli {
namespace {

Result<Report> watched_search(Resolver& resolver, const AddressOrDomain& subject, const Options& options) {
  const Interrupt interrupt;
  if (options.record.empty()) return watched_resolution(resolver, subject, options, interrupt.token());
  auto recorded = watched_recording(resolver, subject, options, interrupt.token());
  if (recorded.report.status == Status::aborted || recorded.recording.empty()) return std::move(recorded.report);
  const auto written = write_recording_file(options, recorded.recording);
  if (!written) return tl::unexpected(written.error());
  return std::move(recorded.report);
}

}  // namespace

Result<Report> searched(Resolver& resolver, const AddressOrDomain& subject, const Options& options) {
  auto report = watched_search(resolver, subject, options);
  if (report && options.trace && !options.quiet) {
    write_all(STDERR_FILENO, explanation(*report, style_for(terminal(STDERR_FILENO), options.color)));
  }
  return report;
}

bool may_be_passed_on(const Report& report, const Options& options) {
  const bool settings = report.status == Status::found || report.status == Status::partial;
  return settings && report.best.trust >= options.required_trust;
}

int nothing_passed_on(const Report& report, const Options& options, std::string_view outcome) {
  if (!options.quiet) {
    write_all(STDERR_FILENO, report_text(report, style_for(terminal(STDERR_FILENO), options.color)));
  }
  const bool trusted = report.best.trust >= options.required_trust;
  if (report.status == Status::found && !trusted)
    complain(fmt::format("{}: less trust than required", outcome), kNotEnough);
  return exit_status(report, options.required_trust);
}

void say(const Options& options, std::string_view sentence) {
  if (!options.quiet) write_all(STDERR_FILENO, fmt::format("mailconf: {}\n", displayable(sentence)));
}

}  // namespace mailconf::cli
