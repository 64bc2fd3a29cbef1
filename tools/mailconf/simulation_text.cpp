#include "simulation_text.h"

#include <fmt/core.h>

#include "plain_words.h"
#include "table.h"

namespace mailconf::cli {
namespace {

constexpr std::size_t kAnswerColumn = 3;

std::string found_by_words(const Prediction& prediction) {
  if (!prediction.found) return prediction.ended ? "nothing" : "stopped";
  return prediction.found_by;
}

std::string encryption_words(const Prediction& prediction) {
  if (!prediction.found) return "-";
  if (!prediction.encrypted()) return "no";
  return prediction.told_in_clear() ? "told in clear" : "yes";
}

Paint paint_of(const Prediction& prediction) {
  if (!prediction.ended) return Paint::doubtful;
  if (!prediction.found || !prediction.encrypted()) return Paint::bad;
  return prediction.told_in_clear() ? Paint::doubtful : Paint::good;
}

std::string place_words(const Server& server) {
  return fmt::format("{} {} ({})", words(server.type), host_and_port(server), words(server.socket_type));
}

std::string chosen_words(const Prediction& prediction) {
  if (!prediction.found) return prediction.reason;
  std::vector<std::string> places;
  for (const auto* servers : {&prediction.incoming, &prediction.outgoing}) {
    if (!servers->empty()) places.push_back(place_words(servers->front()));
  }
  return joined(places, ", ");
}

void add_servers(Table& table, std::string_view label, const std::vector<Server>& servers) {
  for (const auto& server : servers) {
    const bool first = &server == &servers.front();
    const std::string name = server.username.empty() ? "" : " as " + server.username;
    table.row({{std::string(first ? label : "  or"), Paint::dim}, {place_words(server) + name}});
  }
}

Table outcome_table(const Prediction& prediction) {
  Table table(kIndent);
  add_servers(table, "Incoming", prediction.incoming);
  add_servers(table, "Outgoing", prediction.outgoing);
  if (prediction.found) {
    const std::string by = prediction.told_by.empty() ? "" : ": " + prediction.told_by;
    table.row({{"Found by", Paint::dim}, {prediction.found_by + by}});
    table.row({{"Encrypted", Paint::dim}, {encryption_words(prediction), paint_of(prediction)}});
  } else {
    table.row({{"Settings", Paint::dim}, {"none: " + prediction.reason, paint_of(prediction)}});
  }
  table.row({{"Asks", Paint::dim}, {prediction.asks.empty() ? "nothing" : joined(prediction.asks, "; ")}});
  table.row({{"Time", Paint::dim}, {words(prediction.elapsed)}});
  return table;
}

Table request_table(const Prediction& prediction, const Style& style) {
  Table table(kIndent);
  table.row({{"start", Paint::dim, true},
             {"took", Paint::dim, true},
             {"way", Paint::dim},
             {"request and answer", Paint::dim}});
  std::string_view last;
  for (const auto& request : prediction.requests) {
    const Judgement judged = judgement(request.outcome);
    table.row({{words(request.started), Paint::dim, true},
               {words(request.elapsed), Paint::dim, true},
               {request.way == last ? "" : request.way, Paint::bold},
               {request.request}});
    table.note(kAnswerColumn, {fmt::format("{} {}", style.mark(judged.mark), request.answer), judged.paint});
    last = request.way;
  }
  return table;
}

std::string origin_words(const SimulatedClient& client) {
  return fmt::format("Version: {}. From: {}; {}.", client.version, client.source, client.date);
}

}  // namespace

std::string simulation_text(const std::string& domain, const Prediction& prediction, const Style& style) {
  const auto& client = prediction.client;
  const auto title = fmt::format("{} on {}", client.title, both_forms(domain));
  std::string text = style.painted(Paint::bold, style.text(title)) + "\n\n" + outcome_table(prediction).text(style);
  if (!prediction.requests.empty())
    text += "\n" + style.painted(Paint::bold, "What it asks") + "\n" + request_table(prediction, style).text(style);
  Table notes(kIndent);
  for (const auto& note : client.notes) notes.row({{std::string(style.mark(Mark::bullet))}, {note}});
  notes.row({{std::string(style.mark(Mark::bullet))}, {origin_words(client)}});
  return text + "\n" + style.painted(Paint::bold, "What is not simulated, and where the facts are from") + "\n" +
         notes.text(style);
}

std::string simulation_matrix(const std::string& domain, const std::vector<Prediction>& predictions,
                              const Style& style) {
  const auto title = fmt::format("What mail clients make of {}", both_forms(domain));
  Table table(kIndent);
  table.row({{"client", Paint::dim},
             {"found by", Paint::dim},
             {"encrypted", Paint::dim},
             {"asks", Paint::dim},
             {"time", Paint::dim, true},
             {"servers", Paint::dim}});
  for (const auto& prediction : predictions) {
    table.row({{prediction.client.title, Paint::bold},
               {found_by_words(prediction)},
               {encryption_words(prediction), paint_of(prediction)},
               {prediction.asks.empty() ? "no" : "yes"},
               {words(prediction.elapsed), Paint::plain, true},
               {chosen_words(prediction)}});
  }
  return style.painted(Paint::bold, style.text(title)) + "\n\n" + table.text(style);
}

std::string list_of_clients(const Style& style) {
  Table table(0);
  for (const auto& client : simulated_clients())
    table.row({{client.name, Paint::bold}, {fmt::format("{}, {}", client.title, client.version)}});
  return table.text(style);
}

}  // namespace mailconf::cli
