#include <algorithm>
#include <fmt/core.h>
#include <unistd.h>

#include "bulk.h"
#include "commands.h"
#include "exit_status.h"
#include "explanation.h"
#include "interrupt.h"
#include "mailconf/formats.h"
#include "recording_file.h"
#include "report_text.h"
#include "subject.h"
#include "table.h"
#include "terminal.h"
#include "watched_resolution.h"

namespace mailconf::cli {
namespace {

// Resolves subjects one after the other and prints what comes of them.
class Session {
 public:
  enum class Printing { text, json, json_lines };

  Session(const Options& options, Resolver resolver, std::stop_token stop, Printing printing)
      : options_(options), resolver_(std::move(resolver)), stop_(std::move(stop)), printing_(printing) {}

  // Both return the exit status.
  int resolve(const AddressOrDomain& subject) { return print(watched_resolution(resolver_, subject, options_, stop_)); }
  int record(const AddressOrDomain& subject);

 private:
  int print(const Report& report);

  const Options& options_;
  Resolver resolver_;
  std::stop_token stop_;
  Printing printing_;
  bool first_ = true;
};

int Session::print(const Report& report) {
  const bool json = printing_ != Printing::text;
  if (options_.json || !options_.quiet) {
    const Style style = style_for(terminal(STDOUT_FILENO), options_.color);
    std::string text = json ? write_report_json(report, printing_ == Printing::json) : report_text(report, style);
    if (!text.ends_with('\n')) text += '\n';
    if (!json && !std::exchange(first_, false)) text.insert(0, "\n");
    if (!write_all(STDOUT_FILENO, text)) return cannot_write();
  }
  if (options_.trace && !options_.quiet) {
    const int descriptor = json ? STDERR_FILENO : STDOUT_FILENO;
    write_all(descriptor, explanation(report, style_for(terminal(descriptor), options_.color)));
  }
  return exit_status(report, options_.required_trust);
}

// Of a run that was cut off nothing is kept: it would not be the same when replayed.
int Session::record(const AddressOrDomain& subject) {
  const auto recorded = watched_recording(resolver_, subject, options_, stop_);
  const int status = print(recorded.report);
  if (recorded.report.status == Status::aborted || recorded.recording.empty()) return status;
  const auto written = write_recording_file(options_, recorded.recording);
  return written ? status : bad_usage(written.error());
}

Session::Printing printing(const Options& options, std::size_t count) {
  if (!options.json) return Session::Printing::text;
  return count > 1 ? Session::Printing::json_lines : Session::Printing::json;
}

int resolve_all(Session& session, const std::vector<AddressOrDomain>& subjects, const std::stop_token& stop) {
  int status = kUsable;
  for (const AddressOrDomain& subject : subjects) {
    if (stop.stop_requested()) return worse(status, kCouldNotTell);
    status = worse(status, session.resolve(subject));
  }
  return status;
}

int list_sources() {
  Table table(0);
  for (const SourceSummary& source : source_summaries()) table.row({{source.name, Paint::bold}, {source.summary}});
  return write_all(STDOUT_FILENO, table.text(style_for(terminal(STDOUT_FILENO), ColorUse::automatic))) ? kUsable
                                                                                                       : cannot_write();
}

// All operands are understood before any question is asked.
Result<std::vector<AddressOrDomain>> read_subjects(const std::vector<std::string>& operands) {
  std::vector<AddressOrDomain> subjects;
  for (const std::string& operand : operands) {
    if (operand == "-") return fail(ErrorCode::bad_address, "\"-\"", "stands for standard input and must be alone");
    auto subject = read_subject(operand);
    if (!subject) return tl::unexpected(subject.error());
    subjects.push_back(std::move(*subject));
  }
  return subjects;
}

// What goes against the kind or number of operands.
Result<void> check_operands(const CommandLine& line, bool from_input) {
  const std::string& given = line.options.bulk.given;
  if (!from_input && !given.empty()) {
    return fail(ErrorCode::bad_option, given, "is for addresses from standard input (-)");
  }
  return check_recording_operands(line, "address");
}

int replay(const Options& options, const std::vector<AddressOrDomain>& subjects, Resolver resolver,
           const std::stop_token& stop) {
  const auto typed = subjects.empty() ? std::nullopt : std::optional(subjects.front());
  const auto subject = searched_subject(resolver, typed, options);
  if (!subject) return bad_usage(subject.error());
  return Session(options, std::move(resolver), stop, printing(options, 1)).resolve(*subject);
}

int resolve_operands(const Options& options, const std::vector<AddressOrDomain>& subjects,
                     const std::stop_token& stop) {
  auto resolver = make_resolver(options);
  if (!resolver) return bad_usage(resolver.error());
  if (!options.replay.empty()) return replay(options, subjects, std::move(*resolver), stop);
  Session session(options, std::move(*resolver), stop, printing(options, subjects.size()));
  return options.record.empty() ? resolve_all(session, subjects, stop) : session.record(subjects.front());
}

int resolve_from_input(const Options& options, const std::stop_token& stop) {
  auto resolver = Resolver::create(options.resolver);
  return resolver ? resolve_input(options, std::move(*resolver), stop) : bad_usage(resolver.error());
}

}  // namespace

int resolve_command(const CommandLine& line) {
  if (line.list_sources) return list_sources();
  const bool from_input = line.operands == std::vector<std::string>{"-"};
  const auto subjects = read_subjects(from_input ? std::vector<std::string>() : line.operands);
  if (!subjects) return bad_usage(subjects.error());
  if (const auto checked = check_operands(line, from_input); !checked) return bad_usage(checked.error());
  const Interrupt interrupt;
  return from_input ? resolve_from_input(line.options, interrupt.token())
                    : resolve_operands(line.options, *subjects, interrupt.token());
}

}  // namespace mailconf::cli
