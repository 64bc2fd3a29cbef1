#include "no_settings_text.h"

#include <algorithm>
#include <array>
#include <fmt/core.h>
#include <utility>

#include "plain_words.h"
#include "table.h"

namespace mailconf::cli {
namespace {

struct Chapter {
  Outcome outcome;
  std::string_view title;
};

// What could not be asked comes first: it is what may be worth another try.
constexpr std::array<Chapter, 4> kChapters{{{Outcome::unknown, "No clear answer"},
                                            {Outcome::found, "Found something, but not enough"},
                                            {Outcome::absent, "Asked, and nothing is there"},
                                            {Outcome::skipped, "Not asked"}}};

// "no answer about imap.example.org" to the question "A/AAAA imap.example.org" is "no answer about it".
std::string reason_words(const SourceRow& row) {
  const std::string name = row.target.substr(row.target.rfind(' ') + 1);
  const std::size_t place = row.reason.rfind(name);
  const bool at_end =
      !name.empty() && place != std::string::npos && place > 0 && place + name.size() == row.reason.size();
  return at_end ? row.reason.substr(0, place) + "it" : row.reason;
}

// Rows of one source that say the same are one line; --trace has them all.
bool says_the_same(const SourceRow& a, const SourceRow& b) {
  return a.source == b.source && a.outcome == b.outcome && reason_words(a) == reason_words(b);
}

std::string row_words(const SourceRow& row, std::size_t alike) {
  const std::string target = alike > 1 ? fmt::format("{} and {} more", row.target, alike - 1) : row.target;
  return fmt::format("{}{}{}", target, target.empty() || row.reason.empty() ? "" : ": ", reason_words(row));
}

void add_chapter(Table& table, const Report& report, const Chapter& chapter, const Style& style) {
  std::string_view last_source;
  const auto end = report.sources.end();
  for (auto row = report.sources.begin(); row != end;) {
    const auto next = std::find_if(row, end, [row](const SourceRow& other) { return !says_the_same(*row, other); });
    if (row->outcome == chapter.outcome) {
      if (last_source.empty() && !table.empty()) table.blank();
      if (last_source.empty()) table.row({{std::string(chapter.title), Paint::bold}});
      const Judgement judged = judgement(row->outcome);
      const std::string_view name = row->source == last_source ? "" : std::string_view(row->source);
      table.row({{fmt::format("{} {}", style.mark(judged.mark), name), judged.paint},
                 {row_words(*row, static_cast<std::size_t>(next - row))}});
      last_source = row->source;
    }
    row = next;
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
    Advice{Status::needs_oauth2, "ask the provider for a password for mail programs, or which programs it lets in"},
    Advice{Status::no_standard_protocol, "use the provider's own program or web site"},
    Advice{Status::not_found, "check the spelling of the domain"},
    Advice{Status::not_found,
           "ask the provider for the names of its IMAP and SMTP servers; mailconf probe HOST shows what "
           "a server offers"},
    Advice{Status::unknown, "try again, with more time if the network is slow: --deadline 30"},
    Advice{Status::unknown, "a server or a certificate that fails is for the provider to mend: tell them"},
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
