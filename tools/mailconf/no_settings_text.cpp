#include "no_settings_text.h"

#include <array>
#include <fmt/format.h>

#include "plain_words.h"

namespace mailconf::cli {
namespace {

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
  bool titled = false;
  std::string_view last_source;
  for (const SourceRow& row : report.sources) {
    if (row.outcome != chapter.outcome) continue;
    if (!titled) {
      table.row({{std::string(chapter.title), Paint::bold}});
      titled = true;
    }
    const Judgement judged = judgement(row.outcome);
    const std::string_view between = row.target.empty() || row.reason.empty() ? "" : ": ";
    table.row(
        {{fmt::format("{} {}", style.mark(judged.mark), row.source == last_source ? "" : row.source), judged.paint},
         {fmt::format("{}{}{}", row.target, between, row.reason)}});
    last_source = row.source;
  }
  if (titled) table.blank();
}

struct Advice {
  Status status;
  std::string_view text;
};

constexpr std::array kAdvice{
    Advice{Status::partial, "ask the provider for the names of the missing servers"},
    Advice{Status::insecure_only,
           "ask the provider for servers with TLS; a password sent to these can be read on the way"},
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

void add_reasons(Table& table, const Report& report, const Style& style) {
  for (const Chapter& chapter : kChapters) add_chapter(table, report, chapter, style);
}

void add_advice(Table& table, const Report& report, const Style& style) {
  bool titled = false;
  for (const Advice& advice : kAdvice) {
    if (advice.status != report.status) continue;
    if (!titled) table.row({{"What to do", Paint::bold}});
    titled = true;
    table.row({{std::string(style.mark(Mark::bullet))}, {std::string(advice.text)}});
  }
}

}  // namespace mailconf::cli
