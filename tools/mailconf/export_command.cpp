#include <algorithm>
#include <filesystem>
#include <fmt/core.h>
#include <unistd.h>

#include "commands.h"
#include "exit_status.h"
#include "hint_words.h"
#include "mailconf/export.h"
#include "private_file.h"
#include "recording_file.h"
#include "settings_search.h"
#include "table.h"
#include "terminal.h"
#include "trust_words.h"

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

}  // namespace

int export_command(const CommandLine& line) {
  const Options& options = line.options;
  if (options.export_request.program == "list") return list_programs();
  if (auto checked = check(options.export_request); !checked) return bad_usage(checked.error());
  auto search = search_of(line);
  if (!search) return bad_usage(search.error());
  const EmailAddress& address = search->address;
  const auto found = searched(search->resolver, address, options);
  if (!found) return bad_usage(found.error());
  const bool usable = may_be_passed_on(*found, options);
  return usable ? export_report(*found, address, options) : nothing_passed_on(*found, options, "nothing exported");
}

}  // namespace mailconf::cli
