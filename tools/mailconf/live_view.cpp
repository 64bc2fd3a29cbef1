#include "live_view.h"

#include <algorithm>
#include <fmt/core.h>

#include "display_text.h"
#include "plain_words.h"

namespace mailconf::cli {
namespace {

constexpr std::size_t kNameWidth = 15;  // "autoconfig-http" is the longest

// Weighs what the questions of one source came to: one finding counts, then one doubt.
int weight(Outcome outcome) {
  switch (outcome) {
    case Outcome::found:
      return 3;
    case Outcome::unknown:
      return 2;
    case Outcome::absent:
      return 1;
    case Outcome::skipped:
      return 0;
  }
  return 0;
}

}  // namespace

LiveView::LiveView(Style style, std::size_t height, Sink sink)
    : style_(style), height_(std::max<std::size_t>(height, 1)), sink_(std::move(sink)) {}

LiveView::~LiveView() { erase(); }

Observer LiveView::observer() {
  Observer observer;
  observer.asked = [this](const SourceRow& row) { asked(row); };
  observer.answered = [this](const SourceRow& row) { answered(row); };
  return observer;
}

void LiveView::erase() {
  if (drawn_ == 0) return;
  // ECMA-48: up to the first line, then erase to the end of the screen.
  sink_(fmt::format("\x1b[{}F\x1b[J", drawn_));
  drawn_ = 0;
}

LiveView::Source& LiveView::source(const std::string& name) {
  const auto known =
      std::find_if(sources_.begin(), sources_.end(), [&](const Source& each) { return each.name == name; });
  if (known != sources_.end()) return *known;
  return sources_.emplace_back(Source{name, 0, Outcome::skipped, {}});
}

void LiveView::asked(const SourceRow& row) {
  Source& asking = source(row.source);
  ++asking.open;
  asking.text = row.target;
  draw();
}

void LiveView::answered(const SourceRow& row) {
  Source& asked = source(row.source);
  if (asked.open > 0) --asked.open;
  if (weight(row.outcome) >= weight(asked.best)) {
    asked.best = row.outcome;
    asked.text = row.reason.empty() ? row.target : fmt::format("{}: {}", row.target, row.reason);
  }
  draw();
}

std::string LiveView::line(const Source& source) const {
  const Judgement judged = judgement(source.best);
  const bool waiting = source.open > 0;
  const std::string_view mark = style_.mark(waiting ? Mark::ellipsis : judged.mark);
  const std::string text = style_.text(fmt::format("{:<3} {:<{}} {}", mark, source.name, kNameWidth, source.text));
  const std::string fitting = shortened(text, style_.width > 1 ? style_.width - 1 : 1, style_.mark(Mark::ellipsis));
  return style_.painted(waiting ? Paint::dim : judged.paint, fitting);
}

void LiveView::draw() {
  std::string picture = drawn_ > 0 ? fmt::format("\x1b[{}F", drawn_) : "";
  const std::size_t lines = std::min(sources_.size(), height_);
  for (std::size_t i = 0; i < lines; ++i) picture += line(sources_[i]) + "\x1b[K\n";
  drawn_ = lines;
  sink_(picture);
}

}  // namespace mailconf::cli
