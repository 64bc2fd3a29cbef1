#include "bulk.h"

#include <cerrno>
#include <cstring>
#include <fmt/core.h>
#include <functional>
#include <map>
#include <optional>
#include <unistd.h>

#include "exit_status.h"
#include "explanation.h"
#include "line_reader.h"
#include "progress.h"
#include "read_ahead.h"
#include "result_file.h"
#include "subject.h"
#include "terminal.h"

namespace mailconf::cli {
namespace {

// Whose result it is. By way of its line, so that a text that is changed by writing it is found again.
std::string key_of(const Report& outline) { return outline.address.empty() ? outline.domain : outline.address; }
std::string key_of(const AddressOrDomain& subject, ResultFormat format) {
  Report report;
  if (const auto* address = std::get_if<EmailAddress>(&subject)) report.address = address->text();
  if (const auto* domain = std::get_if<DomainName>(&subject)) report.domain = domain->ascii();
  return key_of(read_result_line(result_line(report, format), format).value());
}

class Bulk {
 public:
  Bulk(const Options& options, Resolver resolver, const std::stop_token& stop)
      : options_(options),
        resolver_(std::move(resolver)),
        interrupted_(stop),
        on_interrupt_(stop, [this] { stop_.request_stop(); }),
        progress_(terminal(STDERR_FILENO).width, [](std::string_view text) { write_all(STDERR_FILENO, text); }),
        shows_progress_(terminal(STDERR_FILENO).attached && !options.quiet),
        prints_(options.json || !options.quiet || !options.bulk.resume.empty()),
        shares_terminal_(options.trace || (options.bulk.resume.empty() && terminal(STDOUT_FILENO).attached)) {}

  int run();

 private:
  Result<void> open();
  std::variant<AddressOrDomain, Batch::Pause> next();
  bool is_known(const std::string& key);
  void finish(const Report& report);

  const Options& options_;
  Resolver resolver_;
  std::stop_token interrupted_;
  std::stop_source stop_;
  std::stop_callback<std::function<void()>> on_interrupt_;
  Progress progress_;
  bool shows_progress_;
  bool prints_;
  bool shares_terminal_;  // results appear where the progress does
  std::optional<ResultFile> file_;
  int output_ = STDOUT_FILENO;
  std::map<std::string, std::size_t> known_;  // how often each stands in the file, less those met in the input
  Count count_;
  std::optional<ReadAhead> lines_;
  int status_ = kUsable;
  bool cannot_write_ = false;
};

Result<void> Bulk::open() {
  const auto& request = options_.bulk;
  if (!request.resume.empty()) {
    auto file = ResultFile::open(request.resume, request.format, [this](const Report& outline) {
      ++known_[key_of(outline)];
      status_ = worse(status_, exit_status(outline, options_.required_trust));
    });
    if (!file) return tl::unexpected(file.error());
    file_.emplace(std::move(*file));
    output_ = file_->descriptor();
  } else if (prints_ && !write_all(output_, header_line(request.format))) {
    return fail(ErrorCode::io, "standard output", std::strerror(errno));
  }
  if (shows_progress_) count_.total = lines_ahead(STDIN_FILENO);
  return {};
}

int Bulk::run() {
  if (const auto opened = open(); !opened) return bad_usage(opened.error());
  lines_.emplace(STDIN_FILENO, [this] { resolver_.wake(); });
  Batch batch;
  batch.next = [this] { return next(); };
  batch.done = [this](const AddressOrDomain&, const Report& report) { finish(report); };
  batch.concurrency = options_.bulk.concurrency;
  resolver_.resolve_many(batch, stop_.get_token());
  progress_.erase();
  const bool cut_off = cannot_write_ || interrupted_.stop_requested();
  return cut_off ? worse(status_, kCouldNotTell) : status_;
}

std::variant<AddressOrDomain, Batch::Pause> Bulk::next() {
  for (;;) {
    auto line = lines_->next();
    if (const auto* pause = std::get_if<Batch::Pause>(&line)) return *pause;
    const std::string text = without_white_space_around(std::get<std::string>(line));
    if (text.empty()) continue;
    auto subject = read_subject(text);
    const Report refused = subject ? Report() : bad_input(text, subject.error());
    if (!known_.empty() && is_known(subject ? key_of(*subject, options_.bulk.format) : refused.address)) continue;
    if (subject) return std::move(*subject);
    finish(refused);
    if (cannot_write_) return Batch::Pause::ended;
  }
}

bool Bulk::is_known(const std::string& key) {
  const auto known = known_.find(key);
  if (known == known_.end()) return false;
  if (--known->second == 0) known_.erase(known);
  ++count_.before;
  return true;
}

void Bulk::finish(const Report& report) {
  if (cannot_write_) return;
  if (shares_terminal_) progress_.erase();
  status_ = worse(status_, exit_status(report, options_.required_trust));
  if (prints_ && !write_all(output_, result_line(report, options_.bulk.format))) {
    const std::string name = file_ ? options_.bulk.resume : "standard output";
    write_all(STDERR_FILENO, fmt::format("mailconf: {}: {}\n", name, std::strerror(errno)));
    cannot_write_ = true;
    stop_.request_stop();
    return;
  }
  if (options_.trace && !options_.quiet)
    write_all(STDERR_FILENO, explanation(report, style_for(terminal(STDERR_FILENO), options_.color)));
  ++count_.now;
  if (shows_progress_) progress_.show(count_);
}

}  // namespace

int resolve_input(const Options& options, Resolver resolver, const std::stop_token& stop) {
  return Bulk(options, std::move(resolver), stop).run();
}

}  // namespace mailconf::cli
