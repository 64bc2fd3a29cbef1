#include "no_settings_text.h"

#include <array>
#include <fmt/format.h>
#include <utility>

#include "plain_words.h"
#include "table.h"

namespace mailconf::cli {
namespace {

constexpr std::size_t kIndent = 2;

struct Chapter {
  Outcome outcome;
  std::string_view title;
};

// What could not be asked comes first: it is what may be worth another try.
constexpr std::array<Chapter, 4> kChapters{{{Outcome::unknown, "Could not be asked"},
                                            {Outcome::found, "Said something, but not enough"},
                                            {Outcome::absent, "Asked, and nothing is there"},
                                            {Outcome::skipped, "Not asked"}}};

void add_chapter(Table& table, const Report& report, const Chapter& chapter, const Style& style) {
  std::string_view last_source;
  for (const SourceRow& row : report.sources) {
    if (row.outcome != chapter.outcome) continue;
    if (last_source.empty()) {
      if (!table.empty()) table.blank();
      table.row({{std::string(chapter.title), Paint::bold}});
    }
    const Judgement judged = judgement(row.outcome);
    const std::string_view between = row.target.empty() || row.reason.empty() ? "" : ": ";
    const std::string_view name = row.source == last_source ? "" : std::string_view(row.source);
    table.row({{fmt::format("{} {}", style.mark(judged.mark), name), judged.paint},
               {fmt::format("{}{}{}", row.target, between, row.reason)}});
    last_source = row.source;
  }
}

struct Advice {
  Status status;
  std::string_view text;
};

constexpr std::array kAdvice{
    Advice{Status::partial, "ask the provider for the names of the missing servers"},
    Advice{Status::insecure_only,
           "ask the provider for servers with TLS; a password sent without can be read on the way"},
    Advice{Status::insecure_only, "--allow-plaintext shows such servers all the same"},
    Advice{Status::needs_credentials, "sign in at the provider's web site and look for its page on mail programs"},
    Advice{Status::no_standard_protocol, "use the provider's own program or web site"},
    Advice{Status::not_found, "check the spelling of the domain"},
    Advice{Status::not_found,
           "ask the provider for the names of its IMAP and SMTP servers; mailconf probe HOST shows what "
           "a server offers"},
    Advice{Status::unknown, "try again, with more time if the network is slow: --deadline 30"},
    Advice{Status::unknown, "if only this network is in the way, try from another one"},
    Advice{Status::offline, "check the network connection and the name server (--dns HOST uses another one)"},
    Advice{Status::aborted, "run it again to the end"},
};

}  // namespace

std::string reasons(const Report& report, bool beside_settings, const Style& style) {
  if (beside_settings && report.status == Status::found) return {};
  Table table(kIndent);
  for (const Chapter& chapter : kChapters) {
    if (!beside_settings || chapter.outcome == Outcome::unknown) add_chapter(table, report, chapter, style);
  }
  return table.text(style);
}

std::string advice(const Report& report, const Style& style) {
  Table table(kIndent);
  bool titled = false;
  for (const Advice& advice : kAdvice) {
    if (advice.status != report.status) continue;
    if (!std::exchange(titled, true)) table.row({{"What to do", Paint::bold}});
    table.row({{std::string(style.mark(Mark::bullet))}, {std::string(advice.text)}});
  }
  return table.text(style);
}

}  // namespace mailconf::cli
