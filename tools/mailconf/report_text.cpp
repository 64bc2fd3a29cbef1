#include "report_text.h"

#include <algorithm>
#include <array>
#include <fmt/core.h>

#include "configuration_text.h"
#include "display_text.h"
#include "hint_words.h"
#include "mailconf/address.h"
#include "no_settings_text.h"
#include "plain_words.h"
#include "table.h"
#include "trust_words.h"

namespace mailconf::cli {
namespace {

struct Headline {
  Paint paint;
  std::string_view text;  // {} is the address or the domain
};

// In the order of Status.
constexpr std::array<Headline, 11> kHeadlines{{
    {Paint::bold, "Settings for {}"},
    {Paint::doubtful, "Only half of the settings for {}"},
    {Paint::bad, "Only servers without encryption for {}"},
    {Paint::doubtful, "The provider of {} tells its settings only to users who sign in"},
    {Paint::doubtful, "The servers of {} take OAuth2 alone, and where to sign in is not known"},
    {Paint::doubtful, "The provider of {} offers no IMAP, POP3 or SMTP"},
    {Paint::doubtful, "No settings found for {}"},
    {Paint::doubtful, "Could not find out the settings for {}"},
    {Paint::bad, "No network: nothing could be asked about {}"},
    {Paint::doubtful, "Stopped before the settings for {} were known"},
    {Paint::bad, "Nothing could be asked about {}"},
}};

// The domain as people write it, too, where the two forms differ.
std::string subject_words(const Report& report) {
  if (report.address.empty()) return both_forms(report.domain);
  const auto name = DomainName::parse(report.domain);
  if (!name || name->unicode() == name->ascii()) return report.address;
  return fmt::format("{} ({})", report.address, name->unicode());
}

std::string headline(const Report& report, const Style& style) {
  const Headline& line = kHeadlines.at(static_cast<std::size_t>(report.status));
  std::string out;
  for (const auto& part :
       wrapped(style.text(fmt::format(fmt::runtime(line.text), subject_words(report))), style.width)) {
    out += style.painted(line.paint, part) + "\n";
  }
  return out;
}

std::string provider_words(const Provider& provider) {
  if (provider.display_name.empty() || provider.display_name == provider.id) return provider.id;
  return provider.id.empty() ? provider.display_name : fmt::format("{} ({})", provider.display_name, provider.id);
}

std::string source_words(const Report& report) {
  const auto& sources = report.best.sources;
  if (sources.empty()) return {};
  std::string text = sources.front();
  for (const SourceRow& row : report.sources) {
    if (row.source != sources.front() || row.outcome != Outcome::found || row.target.empty()) continue;
    text += fmt::format(": {}", row.target);
    break;
  }
  if (sources.size() > 1) text += fmt::format("; the same from {}", joined({sources.begin() + 1, sources.end()}, ", "));
  return text;
}

std::string time_words(const Report& report) {
  std::string text = words(report.elapsed);
  if (report.provisional) text += fmt::format("; first settings after {}", words(*report.provisional));
  if (report.proved) text += fmt::format("; proven after {}", words(*report.proved));
  return text;
}

void add_fact(Table& table, std::string_view label, const std::string& text, Paint paint = Paint::plain) {
  if (!text.empty()) table.row({{std::string(label), Paint::dim}, {text, paint}});
}

void add_trust(Table& table, const Report& report) {
  constexpr std::array<Paint, 3> kTrustPaints{Paint::bad, Paint::doubtful, Paint::good};
  add_fact(table, "Trust", trust_words(report), kTrustPaints.at(static_cast<std::size_t>(report.best.trust)));
}

void add_settings(Table& table, const Report& report, const Style& style) {
  const Configuration& best = report.best;
  add_fact(table, "Provider", provider_words(best.provider));
  add_servers(table, best, style);
  if (best.oauth2 && !best.oauth2->issuer.empty()) add_fact(table, "OAuth2", "signs in at " + best.oauth2->issuer);
  add_services(table, "Also", best);
  table.blank();
  add_trust(table, report);
  add_fact(table, "Source", source_words(report));
  for (const Configuration& other : report.alternatives) {
    const std::string who = other.sources.empty() ? "another source" : other.sources.front();
    add_fact(table, "Other", fmt::format("{} says {}", who, servers_in_a_line(other)));
  }
}

// What there is beside the mail, where its settings were not found.
void add_services_alone(Table& table, const Report& report) {
  if (report.best.services.empty()) return;
  add_services(table, "Services", report.best);
  add_trust(table, report);
  table.blank();
}

void add_remarks(Table& table, const Report& report) {
  for (const Warning& warning : report.warnings) {
    // The row of the server says so already.
    if (warning.code == "server-refused" || warning.code == "server-unreachable") continue;
    table.row({{"Warning", Paint::doubtful}, {warning.message}});
  }
  for (const Hint& hint : report.hints) {
    const HintWords words = hint_words(hint);
    table.row({{std::string(words.label), Paint::doubtful}, {words.text}});
  }
  if (!report.best.documentation.empty()) add_fact(table, "Help", report.best.documentation.front().url);
}

}  // namespace

std::string report_text(const Report& report, const Style& style) {
  const bool settings = !report.best.incoming.empty() || !report.best.outgoing.empty();
  Table facts(kIndent);
  settings ? add_settings(facts, report, style) : add_services_alone(facts, report);
  if (report.status != Status::bad_input) add_fact(facts, "Time", time_words(report));
  add_remarks(facts, report);
  std::array sections{reasons(report, settings, style), facts.text(style), advice(report, style)};
  if (settings) std::swap(sections[0], sections[1]);
  std::string out = headline(report, style);
  for (const std::string& section : sections) out += section.empty() ? "" : "\n" + section;
  return out;
}

}  // namespace mailconf::cli
