#include <algorithm>
#include <deque>
#include <fmt/core.h>
#include <functional>
#include <optional>
#include <unistd.h>

#include "check_text.h"
#include "commands.h"
#include "display_text.h"
#include "exit_status.h"
#include "interrupt.h"
#include "line_reader.h"
#include "mailconf/audit.h"
#include "progress.h"
#include "read_ahead.h"
#include "recording_file.h"
#include "terminal.h"

namespace mailconf::cli {
namespace {

// Audits domains, from operands or from standard input, and prints each as it is done.
class Checks {
 public:
  Checks(const CommandLine& line, Resolver resolver, const std::stop_token& stop)
      : options_(line.options),
        resolver_(std::move(resolver)),
        interrupted_(stop),
        on_interrupt_(stop, [this] { stop_.request_stop(); }),
        style_(style_for(terminal(STDOUT_FILENO), line.options.color)),
        progress_(terminal(STDERR_FILENO).width, [](std::string_view text) { write_all(STDERR_FILENO, text); }) {
    shows_progress_ = terminal(STDERR_FILENO).attached && !options_.quiet;
    if (options_.check.format) document_.emplace(*options_.check.format);
  }

  // All return the exit status.
  int of_operands(std::deque<DomainName> domains);
  int of_input();
  int recorded(const DomainName& domain);

 private:
  using Next = std::function<std::variant<DomainName, Batch::Pause>()>;

  void audit_each(const Next& next);
  [[nodiscard]] AuditObserver observer();
  void begin();
  int end();
  std::variant<DomainName, Batch::Pause> next_line(ReadAhead& lines);
  void finish(const Audit& audit);
  [[nodiscard]] std::string text_of(const Audit& audit);
  void print(const std::string& text);
  [[nodiscard]] bool fails(const Audit& audit) const;

  const Options& options_;
  Resolver resolver_;
  std::stop_token interrupted_;
  std::stop_source stop_;
  std::stop_callback<std::function<void()>> on_interrupt_;
  Style style_;
  Progress progress_;
  bool shows_progress_;
  bool alone_ = false;  // one domain
  std::optional<AuditDocument> document_;
  CheckCount count_;
  std::size_t answers_ = 0;
  std::optional<std::size_t> total_;
  std::size_t line_ = 0;  // of standard input
  int status_ = kUsable;
  bool cannot_write_ = false;
};

bool Checks::fails(const Audit& audit) const {
  const bool warnings = options_.check.fail_on == Severity::warning && audit.count(Severity::warning) > 0;
  return warnings || audit.count(Severity::error) > 0;
}

std::string Checks::text_of(const Audit& audit) {
  if (document_) return document_->add(audit);
  if (options_.json) {
    auto text = write_audit_json(audit, alone_);
    return text.ends_with('\n') ? text : text + "\n";
  }
  if (options_.quiet) return {};
  auto text = (count_.domains > 1 ? "\n" : "") + check_text(audit, style_);
  return options_.trace ? text + check_explanation(audit, style_) : text;
}

void Checks::print(const std::string& text) {
  if (cannot_write_ || text.empty()) return;
  progress_.erase();
  cannot_write_ = !write_all(STDOUT_FILENO, text);
  if (cannot_write_) stop_.request_stop();
}

void Checks::finish(const Audit& audit) {
  ++count_.domains;
  const int status = !audit.complete ? kCouldNotTell : fails(audit) ? kNothing : kUsable;
  count_.incomplete += audit.complete ? 0 : 1;
  count_.failing += status == kNothing ? 1 : 0;
  status_ = worse(status_, status);
  print(text_of(audit));
  if (shows_progress_ && !alone_) progress_.show({0, count_.domains, total_});
}

void Checks::begin() {
  if (document_) print(document_->begin());
}

int Checks::end() {
  progress_.erase();
  if (document_) print(document_->end());
  const bool for_people = !document_ && !options_.json && !options_.quiet;
  if (for_people && count_.domains > 1) print("\n" + check_summary(count_, style_));
  if (cannot_write_) return cannot_write();
  return interrupted_.stop_requested() ? worse(status_, kCouldNotTell) : status_;
}

// Of one domain, its answers are counted; how many there will be nobody knows.
AuditObserver Checks::observer() {
  if (!alone_ || !shows_progress_) return {};
  return {[this](const Evidence&) { progress_.show({0, ++answers_, std::nullopt, "answers"}); }};
}

void Checks::audit_each(const Next& next) {
  AuditBatch batch;
  batch.concurrency = options_.bulk.concurrency;
  batch.next = next;
  batch.done = [this](const Audit& audit) { finish(audit); };
  resolver_.audit_many(batch, observer(), stop_.get_token());
}

int Checks::of_operands(std::deque<DomainName> domains) {
  alone_ = domains.size() == 1;
  total_ = domains.size();
  begin();
  audit_each([&]() -> std::variant<DomainName, Batch::Pause> {
    if (domains.empty()) return Batch::Pause::ended;
    auto next = std::move(domains.front());
    domains.pop_front();
    return next;
  });
  return end();
}

// Of a run that was cut off nothing is kept.
int Checks::recorded(const DomainName& domain) {
  alone_ = true;
  begin();
  const auto run = resolver_.record_audit(domain, observer(), stop_.get_token());
  finish(run.audit);
  const int status = end();
  if (interrupted_.stop_requested()) return status;
  const auto written = write_recording_file(options_, run.recording);
  return written ? status : bad_usage(written.error());
}

std::variant<DomainName, Batch::Pause> Checks::next_line(ReadAhead& lines) {
  for (;;) {
    auto line = lines.next();
    if (const auto* pause = std::get_if<Batch::Pause>(&line)) return *pause;
    ++line_;
    const auto text = without_white_space_around(std::get<std::string>(line));
    if (text.empty()) continue;
    auto domain = DomainName::parse(text);
    if (domain) return std::move(*domain);
    progress_.erase();
    status_ = worse(status_, complain(fmt::format("line {}: {}", line_, domain.error().text()), kBadUsage));
  }
}

int Checks::of_input() {
  if (shows_progress_) total_ = lines_ahead(STDIN_FILENO);
  ReadAhead lines(STDIN_FILENO, [this] { resolver_.wake(); });
  begin();
  audit_each([&] { return next_line(lines); });
  return end();
}

Result<std::deque<DomainName>> read_domains(const std::vector<std::string>& operands) {
  std::deque<DomainName> domains;
  for (const std::string& operand : operands) {
    auto domain = DomainName::parse(operand);
    if (!domain) return tl::unexpected(domain.error());
    domains.push_back(std::move(*domain));
  }
  return domains;
}

// What was recorded, where nothing is typed.
Result<std::deque<DomainName>> audited_domains(const Resolver& resolver, std::deque<DomainName> typed,
                                               const Options& options) {
  if (options.replay.empty()) return typed;
  const auto one = typed.empty() ? std::nullopt : std::optional<AddressOrDomain>(typed.front());
  const auto domain = searched_subject(resolver, one, options, RecordedRun::audit);
  if (!domain) return tl::unexpected(domain.error());
  return std::deque{std::get<DomainName>(*domain)};
}

}  // namespace

int check_command(const CommandLine& line) {
  const bool from_input = line.operands == std::vector<std::string>{"-"};
  auto typed = read_domains(from_input ? std::vector<std::string>() : line.operands);
  if (!typed) return bad_usage(typed.error());
  if (const auto checked = check_recording_operands(line, "domain"); !checked) return bad_usage(checked.error());
  if (line.options.json && line.options.check.format)
    return complain("--json: cannot be given together with --format", kBadUsage);
  const Interrupt interrupt;
  auto resolver = make_resolver(line.options);
  if (!resolver) return bad_usage(resolver.error());
  auto domains = audited_domains(*resolver, std::move(*typed), line.options);
  if (!domains) return bad_usage(domains.error());
  Checks checks(line, std::move(*resolver), interrupt.token());
  if (from_input) return checks.of_input();
  return line.options.record.empty() ? checks.of_operands(std::move(*domains)) : checks.recorded(domains->front());
}

}  // namespace mailconf::cli
