#include "configuration_text.h"

#include <algorithm>
#include <fmt/core.h>

#include "plain_words.h"

namespace mailconf::cli {
namespace {

constexpr std::size_t kHostColumn = 2;
// A longer name leaves no room for the other columns: they go below it.
constexpr std::size_t kLongestHost = 36;

// Where only a domain was asked about, names are still templates.
std::string name_words(const std::string& name) {
  if (name.empty()) return "with the user name that the provider gave you";
  if (name == "%EMAILADDRESS%") return "with the whole e-mail address as user name";
  if (name == "%EMAILLOCALPART%") return "with what is before the @ as user name";
  return "as " + name;
}

std::string login_words(const FoundServer& found) {
  const std::string& name = found.server.username.empty() ? found.username_template : found.server.username;
  return fmt::format("{}, by {}", name_words(name), words(found.server.authentication));
}

template <class Predicate>
bool any_server(const Configuration& configuration, Predicate predicate) {
  return std::any_of(configuration.incoming.begin(), configuration.incoming.end(), predicate) ||
         std::any_of(configuration.outgoing.begin(), configuration.outgoing.end(), predicate);
}

bool tried(const FoundServer& found) { return found.proof.outcome != ProofOutcome::not_tried; }
bool could_be_tried(const FoundServer& found) { return is_tcp(found.server.type); }

bool all_log_in_alike(const Configuration& configuration) {
  std::vector<std::string> ways;
  for (const FoundServer& found : configuration.incoming) ways.push_back(login_words(found));
  for (const FoundServer& found : configuration.outgoing) ways.push_back(login_words(found));
  return std::adjacent_find(ways.begin(), ways.end(), std::not_equal_to<>()) == ways.end();
}

Cell proof_cell(const FoundServer& found, const Style& style) {
  constexpr Judgement kInClear{Mark::doubtful, Paint::bad, "answers, unprotected"};
  const bool in_clear = found.proof.outcome == ProofOutcome::proven && found.server.socket_type == SocketType::plain;
  const Judgement judged = in_clear ? kInClear : judgement(found.proof.outcome);
  std::string text = fmt::format("{} {}", style.mark(judged.mark), judged.word);
  if (!found.proof.reason.empty()) text += ": " + found.proof.reason;
  return {text, judged.paint};
}

struct Shown {
  bool proofs;
  bool logins;
};

void add_server(Table& table, std::string_view label, const FoundServer& found, Shown shown, const Style& style) {
  const Server& server = found.server;
  const std::string where = is_tcp(server.type) ? both_forms(server.hostname) : server.url;
  std::vector<Cell> row{{std::string(label), Paint::dim}, {std::string(words(server.type))}, {where, Paint::bold}};
  if (!is_tcp(server.type)) return table.row(std::move(row));
  if (where.size() > kLongestHost) {
    table.row(std::move(row));
    row = std::vector<Cell>(kHostColumn + 1);
  }
  row.push_back({std::to_string(server.port), Paint::plain, true});
  row.push_back(
      {std::string(words(server.socket_type)), server.socket_type == SocketType::plain ? Paint::bad : Paint::plain});
  if (shown.proofs) row.push_back(proof_cell(found, style));
  table.row(std::move(row));
}

void add_group(Table& table, std::string_view label, const std::vector<FoundServer>& servers, Shown shown,
               const Style& style) {
  for (const FoundServer& found : servers) {
    add_server(table, &found == &servers.front() ? label : "", found, shown, style);
    if (shown.logins) table.note(kHostColumn, {"log in " + login_words(found)});
  }
}

}  // namespace

void add_servers(Table& table, const Configuration& configuration, const Style& style) {
  const bool alike = all_log_in_alike(configuration);
  const Shown shown{any_server(configuration, tried), !alike};
  add_group(table, "Incoming", configuration.incoming, shown, style);
  add_group(table, "Outgoing", configuration.outgoing, shown, style);
  const auto& any = configuration.incoming.empty() ? configuration.outgoing : configuration.incoming;
  if (alike && !any.empty()) table.row({{"Log in", Paint::dim}, {login_words(any.front())}});
  if (!shown.proofs && any_server(configuration, could_be_tried))
    table.row({{"Proof", Paint::dim}, {"none: the servers were not tried", Paint::doubtful}});
}

void add_services(Table& table, std::string_view label, const Configuration& configuration) {
  for (const FoundService& found : configuration.services) {
    const Service& service = found.service;
    const bool first = &found == &configuration.services.front();
    const std::string where =
        service.url.empty() ? fmt::format("{}, port {}, {}", service.hostname, service.port, words(service.socket_type))
                            : service.url;
    table.row({{first ? std::string(label) : "", Paint::dim}, {fmt::format("{}: {}", words(service.type), where)}});
  }
}

std::string servers_in_a_line(const Configuration& configuration) {
  std::vector<std::string> parts;
  for (const auto* group : {&configuration.incoming, &configuration.outgoing}) {
    for (const FoundServer& found : *group) {
      const Server& server = found.server;
      parts.push_back(is_tcp(server.type) ? fmt::format("{} {} ({})", words(server.type), host_and_port(server),
                                                        words(server.socket_type))
                                          : fmt::format("{} {}", words(server.type), server.url));
    }
  }
  return joined(parts, ", ");
}

}  // namespace mailconf::cli
