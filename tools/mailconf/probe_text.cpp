#include "probe_text.h"

#include <algorithm>
#include <fmt/core.h>

#include "plain_words.h"
#include "table.h"

namespace mailconf::cli {
namespace {

constexpr std::size_t kFactColumn = 3;

std::string first_address(const std::vector<ProbedPort>& ports) {
  const auto connected =
      std::find_if(ports.begin(), ports.end(), [](const auto& port) { return !port.address.empty(); });
  return connected == ports.end() ? "" : connected->address;
}

std::string certificate_words(const TlsFacts& tls) {
  std::vector<std::string> facts;
  // The date alone: ISO 8601 has it in the first ten characters.
  if (!tls.not_after.empty()) facts.push_back("until " + tls.not_after.substr(0, 10));
  if (!tls.issuer.empty()) facts.push_back("issued by " + tls.issuer);
  const std::string text = fmt::format("{}, {}", tls.version, words(tls.certificate));
  return facts.empty() ? text : fmt::format("{} ({})", text, joined(facts, ", "));
}

std::string_view offer_words(ProofOutcome outcome) {
  switch (outcome) {
    case ProofOutcome::proven:
      return "works";
    case ProofOutcome::refused:
      return "not usable";
    case ProofOutcome::unreachable:
      return "no answer";
    case ProofOutcome::not_tried:
      return "stopped before it answered";
  }
  return {};
}

std::string sign_in_words(const ProbedPort& port) {
  if (port.proof.mechanisms.empty()) return "offers no way to sign in";
  return fmt::format("signs in by {} ({})", words(port.authentication), joined(port.proof.mechanisms, " "));
}

void add_port(Table& table, const ProbedPort& port, const Style& style) {
  const Judgement judged = judgement(port.proof.outcome);
  std::string text = fmt::format("{} {}", style.mark(judged.mark), offer_words(port.proof.outcome));
  if (!port.proof.reason.empty()) text += ": " + port.proof.reason;
  table.row({{std::string(words(port.server.type)), Paint::bold},
             {std::to_string(port.server.port), Paint::plain, true},
             {std::string(words(port.server.socket_type))},
             {text, judged.paint}});
  if (port.proof.tls) table.note(kFactColumn, {certificate_words(*port.proof.tls)});
  if (port.proof.outcome == ProofOutcome::proven) table.note(kFactColumn, {sign_in_words(port)});
}

void add_list(Table& table, std::string_view label, const std::vector<std::string>& texts) {
  if (!texts.empty()) table.row({{std::string(label), Paint::dim}, {joined(texts, " ")}});
}

}  // namespace

std::string probe_text(const std::vector<ProbedPort>& ports, const Style& style) {
  if (ports.empty()) return {};
  const std::string& host = ports.front().server.hostname;
  const std::string address = first_address(ports);
  const std::string title =
      address.empty() || address == host ? host : fmt::format("{} at {}", both_forms(host), address);
  Table table(kIndent);
  for (const ProbedPort& port : ports) add_port(table, port, style);
  return style.painted(Paint::bold, style.text(title)) + "\n\n" + table.text(style);
}

std::string probe_explanation(const std::vector<ProbedPort>& ports, const Style& style) {
  std::string out;
  for (const ProbedPort& port : ports) {
    if (port.proof.outcome == ProofOutcome::unreachable) continue;
    Table table(kIndent);
    table.row({{"took", Paint::dim}, {words(port.proof.elapsed)}});
    if (!port.greeting.empty()) table.row({{"greeting", Paint::dim}, {port.greeting}});
    add_list(table, "before TLS", port.before_tls);
    add_list(table, port.server.socket_type == SocketType::plain ? "offers" : "after TLS", port.capabilities);
    if (port.proof.tls) {
      table.row({{"cipher", Paint::dim}, {port.proof.tls->cipher}});
      add_list(table, "certificate", port.proof.tls->names);
    }
    const auto title =
        fmt::format("{} {} ({})", words(port.server.type), host_and_port(port.server), words(port.server.socket_type));
    out += "\n" + style.painted(Paint::bold, style.text(title)) + "\n" + table.text(style);
  }
  return out;
}

}  // namespace mailconf::cli
