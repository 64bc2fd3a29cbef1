#include "explanation.h"

#include <fmt/core.h>

#include "plain_words.h"
#include "table.h"

namespace mailconf::cli {
namespace {

constexpr std::size_t kSentOnColumn = 3;

std::string chapter(std::string_view title, const Table& table, const Style& style) {
  const std::string text = table.text(style);
  return text.empty() ? "" : "\n" + style.painted(Paint::bold, title) + "\n" + text;
}

std::string question_and_answer(const SourceRow& row, const Style& style) {
  const Judgement judged = judgement(row.outcome);
  std::string text = fmt::format("{} {} {}", row.target, style.mark(judged.mark), judged.word);
  if (!row.reason.empty()) text += ": " + row.reason;
  return text;
}

void add_row(Table& table, const SourceRow& row, bool first_of_source, const Style& style) {
  const bool asked = row.outcome != Outcome::skipped;
  table.row({{asked ? words(row.started) : "", Paint::dim, true},
             {asked ? words(row.elapsed) : "", Paint::dim, true},
             {first_of_source ? row.source : "", Paint::bold},
             {question_and_answer(row, style), judgement(row.outcome).paint}});
  for (const std::string& url : row.redirects) table.note(kSentOnColumn, {"sent on to " + url});
  if (!row.because.empty()) table.note(kSentOnColumn, {"because of " + row.because, Paint::dim});
}

Table asked(const Report& report, const Style& style) {
  Table table(kIndent);
  if (!report.sources.empty()) {
    table.row({{"start", Paint::dim, true},
               {"took", Paint::dim, true},
               {"source", Paint::dim},
               {"question and answer", Paint::dim}});
  }
  std::string_view last;
  for (const SourceRow& row : report.sources) {
    add_row(table, row, row.source != last, style);
    last = row.source;
  }
  return table;
}

std::string proof_words(const Proof& proof) {
  std::vector<std::string> parts{std::string(judgement(proof.outcome).word)};
  if (!proof.reason.empty()) parts.front() += ": " + proof.reason;
  if (proof.tls) parts.push_back(fmt::format("{}, {}", proof.tls->version, words(proof.tls->certificate)));
  if (!proof.mechanisms.empty()) parts.push_back("signs in by " + joined(proof.mechanisms, " "));
  return joined(parts, "; ");
}

Table proofs(const Report& report, const Style& style) {
  Table table(kIndent);
  for (const auto* group : {&report.best.incoming, &report.best.outgoing}) {
    for (const FoundServer& found : *group) {
      if (found.proof.outcome == ProofOutcome::not_tried) continue;
      const Judgement judged = judgement(found.proof.outcome);
      table.row({{words(found.proof.elapsed), Paint::dim, true},
                 {std::string(words(found.server.type)), Paint::bold},
                 {fmt::format("{} ({})", host_and_port(found.server), words(found.server.socket_type))}});
      table.note(2, {fmt::format("{} {}", style.mark(judged.mark), proof_words(found.proof)), judged.paint});
    }
  }
  return table;
}

Table decisions(const Report& report) {
  Table table(kIndent);
  for (std::size_t i = 0; i < report.decisions.size(); ++i) {
    table.row({{fmt::format("{}.", i + 1), Paint::dim, true}, {report.decisions[i]}});
  }
  return table;
}

Table conflicts(const Report& report, const Style& style) {
  Table table(kIndent);
  for (const Conflict& conflict : report.conflicts) {
    std::vector<std::string> said;
    for (std::size_t i = 0; i < conflict.between.size() && i < conflict.values.size(); ++i) {
      said.push_back(fmt::format("{} says {}", conflict.between[i], conflict.values[i]));
    }
    table.row({{std::string(style.mark(Mark::bullet))}, {fmt::format("{}: {}", conflict.field, joined(said, ", "))}});
  }
  return table;
}

}  // namespace

std::string explanation(const Report& report, const Style& style) {
  return chapter("What was asked, and what came back", asked(report, style), style) +
         chapter("Servers that were tried", proofs(report, style), style) +
         chapter("Decisions", decisions(report), style) + chapter("Contradictions", conflicts(report, style), style);
}

}  // namespace mailconf::cli
