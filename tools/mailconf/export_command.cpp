#include <algorithm>
#include <filesystem>
#include <fmt/core.h>
#include <unistd.h>

#include "commands.h"
#include "display_text.h"
#include "exit_status.h"
#include "explanation.h"
#include "hint_words.h"
#include "interrupt.h"
#include "mailconf/export.h"
#include "private_file.h"
#include "recording_file.h"
#include "report_text.h"
#include "table.h"
#include "terminal.h"
#include "trust_words.h"
#include "watched_resolution.h"

namespace mailconf::cli {
namespace {

int list_programs() {
  Table table(0);
  for (const ExportTarget& target : export_targets()) table.row({{target.name, Paint::bold}, {target.summary}});
  const Style style = style_for(terminal(STDOUT_FILENO), ColorUse::automatic);
  return write_all(STDOUT_FILENO, table.text(style)) ? kUsable : cannot_write();
}

// Before the network is asked for anything.
Result<void> check(const ExportRequest& request) {
  const auto targets = export_targets();
  const auto named = [&](const ExportTarget& target) { return target.name == request.program; };
  if (std::none_of(targets.begin(), targets.end(), named)) {
    return fail(ErrorCode::bad_option, "--for",
                fmt::format("\"{}\" is no program; --for list prints their names", request.program));
  }
  std::error_code error;
  if (!request.force && !request.output.empty() && std::filesystem::exists(request.output, error)) {
    return fail(ErrorCode::bad_option, "--output",
                fmt::format("\"{}\" is there already; --force replaces it", request.output));
  }
  return {};
}

void say(const Options& options, std::string_view sentence) {
  if (!options.quiet) write_all(STDERR_FILENO, fmt::format("mailconf: {}\n", displayable(sentence)));
}

// Settings that may be passed on: found, and trusted as far as was asked for.
bool may_be_exported(const Report& report, const Options& options) {
  const bool settings = report.status == Status::found || report.status == Status::partial;
  return settings && report.best.trust >= options.required_trust;
}

// What resolve would print, for people.
int no_export(const Report& report, const Options& options) {
  if (!options.quiet) {
    write_all(STDERR_FILENO, report_text(report, style_for(terminal(STDERR_FILENO), options.color)));
  }
  const bool trusted = report.best.trust >= options.required_trust;
  if (report.status == Status::found && !trusted) complain("nothing exported: less trust than required", kNotEnough);
  return exit_status(report, options.required_trust);
}

ExportOptions export_options(const Report& report, const Options& options) {
  const std::string& ca_file = options.resolver.ca_file;
  ExportOptions exporting{options.export_request.password_command,
                          ca_file.empty() ? "" : std::filesystem::absolute(ca_file).lexically_normal().string()};
  for (const Hint& hint : report.hints) {
    const HintWords words = hint_words(hint);
    exporting.notes.push_back(fmt::format("{}: {}", words.label, words.text));
  }
  return exporting;
}

int write(const std::string& text, const ExportRequest& request) {
  if (request.output.empty()) return write_all(STDOUT_FILENO, text) ? kUsable : cannot_write();
  const auto written = write_private_file(request.output, text, request.force);
  return written ? kUsable : bad_usage(written.error());
}

int export_report(const Report& report, const EmailAddress& address, const Options& options) {
  const ExportRequest& request = options.export_request;
  const auto exported = export_settings(request.program, report.best, address, export_options(report, options));
  if (!exported && exported.error().code == ErrorCode::bad_option) return bad_usage(exported.error());
  if (!exported) return complain(exported.error().text(), kNotEnough);
  if (const int status = write(exported->text, request); status != kUsable) return status;
  say(options, trust_words(report));
  for (const std::string& remark : exported->remarks) say(options, remark);
  return exported->complete ? kUsable : kNotEnough;
}

// The run that the settings come from, perhaps written down.
Result<Report> searched(Search& search, const Options& options, const std::stop_token& stop) {
  if (options.record.empty()) return watched_resolution(search.resolver, search.address, options, stop);
  auto recorded = watched_recording(search.resolver, search.address, options, stop);
  if (recorded.report.status == Status::aborted || recorded.recording.empty()) return std::move(recorded.report);
  const auto written = write_recording_file(options, recorded.recording);
  if (!written) return tl::unexpected(written.error());
  return std::move(recorded.report);
}

}  // namespace

int export_command(const CommandLine& line) {
  const Options& options = line.options;
  if (options.export_request.program == "list") return list_programs();
  if (auto checked = check(options.export_request); !checked) return bad_usage(checked.error());
  const Interrupt interrupt;
  auto search = search_of(line);
  if (!search) return bad_usage(search.error());
  const auto found = searched(*search, options, interrupt.token());
  if (!found) return bad_usage(found.error());
  const Report& report = *found;
  if (options.trace && !options.quiet) {
    write_all(STDERR_FILENO, explanation(report, style_for(terminal(STDERR_FILENO), options.color)));
  }
  return may_be_exported(report, options) ? export_report(report, search->address, options)
                                          : no_export(report, options);
}

}  // namespace mailconf::cli
