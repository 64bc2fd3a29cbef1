#include "check_text.h"

#include <algorithm>
#include <array>
#include <fmt/core.h>
#include <map>

#include "plain_words.h"
#include "table.h"

namespace mailconf::cli {
namespace {

struct SeverityLook {
  Mark mark;
  Paint paint;
};
// In the order of Severity.
constexpr std::array<SeverityLook, 3> kLooks{
    {{Mark::bad, Paint::bad}, {Mark::doubtful, Paint::doubtful}, {Mark::bullet, Paint::dim}}};

const std::string& summary_of(const std::string& code) {
  static const auto summaries = [] {
    std::map<std::string, std::string> all;
    for (auto& check : audit_checks()) all.emplace(check.code, check.summary);
    return all;
  }();
  return summaries.at(code);
}

std::string counted(std::size_t number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

std::string headline(const Audit& audit) {
  if (audit.complete && audit.findings.empty()) return both_forms(audit.domain) + ": nothing to complain about";
  const auto counts =
      fmt::format("{}, {}, {}", counted(audit.count(Severity::error), "error"),
                  counted(audit.count(Severity::warning), "warning"), counted(audit.count(Severity::note), "note"));
  if (audit.complete) return fmt::format("{}: {}", both_forms(audit.domain), counts);
  return fmt::format("{}: not everything could be asked ({}); {}", both_forms(audit.domain), audit.incomplete, counts);
}

void add_finding(Table& table, const AuditFinding& finding, const Style& style) {
  const auto& look = kLooks.at(static_cast<std::size_t>(finding.severity));
  table.blank();
  table.row({{fmt::format("{} {}", style.mark(look.mark), to_string(finding.severity)), look.paint},
             {fmt::format("{} ({})", finding.where(), finding.code), Paint::bold}});
  table.note(1, {fmt::format("{}: {}", summary_of(finding.code), finding.message)});
  table.row({{"  hurts", Paint::dim}, {joined(finding.affects, ", ")}});
  table.row({{"  repair", Paint::dim}, {finding.repair}});
}

}  // namespace

std::string check_text(const Audit& audit, const Style& style) {
  Table table(kIndent);
  for (const auto& finding : audit.findings) add_finding(table, finding, style);
  return style.painted(Paint::bold, style.text(headline(audit))) + "\n" + table.text(style);
}

std::string check_explanation(const Audit& audit, const Style& style) {
  Table table(kIndent);
  for (const auto& evidence : audit.asked) {
    table.row({{"asked", Paint::dim}, {evidence.asked}});
    table.note(1, {evidence.answered, Paint::dim});
  }
  return "\n" + style.painted(Paint::bold, "What was asked, and what came back") + "\n" + table.text(style);
}

std::string check_summary(const CheckCount& count, const Style& style) {
  auto text = fmt::format("{}, {} with complaints", counted(count.domains, "domain"), count.failing);
  if (count.incomplete > 0) text += fmt::format(", {} not told in full", count.incomplete);
  return style.painted(Paint::bold, text) + "\n";
}

}  // namespace mailconf::cli
