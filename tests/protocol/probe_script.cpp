#include "protocol/probe_script.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <functional>

#include "model/text.h"

namespace mailconf::test {
namespace {

// Cuts a turn of the server, whose first octet has the given place in all that the server says.
using Cutter = std::function<std::vector<std::string_view>(std::string_view turn, std::size_t place)>;

std::vector<std::string_view> in_one_piece(std::string_view turn, std::size_t) { return {turn}; }

std::vector<std::string_view> octet_by_octet(std::string_view turn, std::size_t) {
  std::vector<std::string_view> pieces;
  for (std::size_t at = 0; at < turn.size(); ++at) pieces.push_back(turn.substr(at, 1));
  return pieces;
}

Cutter cut_at(std::size_t cut) {
  return [cut](std::string_view turn, std::size_t place) -> std::vector<std::string_view> {
    if (cut <= place || cut >= place + turn.size()) return {turn};
    return {turn.substr(0, cut - place), turn.substr(cut - place)};
  };
}

struct Play {
  std::string client;
  std::string outcome;

  bool operator==(const Play&) const = default;
};

class Player {
 public:
  explicit Player(const Script& script) : script_(script), dialogue_(script.type, script.socket_type) {}

  Play play(const Cutter& cutter) {
    heed(dialogue_.on_connected());
    shake_hands();
    std::size_t place = 0;
    for (const std::string& turn : script_.server) {
      if (finished_) break;
      for (const std::string_view piece : cutter(turn, place)) heed(dialogue_.on_bytes(piece));
      shake_hands();
      place += turn.size();
    }
    heed(dialogue_.on_closed());
    BOOST_TEST(finished_);
    BOOST_TEST(consistent_, "an outcome belongs to the end, and only to the end");
    return {client_, dialogue_.outcome() ? describe(*dialogue_.outcome()) : "no outcome"};
  }

 private:
  void heed(const ProbeDialogue::Action& action) {
    client_ += action.send;
    wants_tls_ = wants_tls_ || action.start_tls;
    finished_ = action.finished;
    consistent_ = consistent_ && finished_ == dialogue_.outcome().has_value();
  }

  void shake_hands() {
    if (finished_ || !wants_tls_) return;
    wants_tls_ = false;
    client_ += "<TLS>";
    heed(dialogue_.on_tls_established());
  }

  const Script& script_;
  ProbeDialogue dialogue_;
  std::string client_;
  bool wants_tls_ = false;
  bool finished_ = false;
  bool consistent_ = true;
};

bool holds_login(std::string_view client) {
  const std::string octets = to_upper(client);
  return std::ranges::any_of(std::vector<std::string>{"LOGIN", "AUTH", "USER", "PASS", "APOP"},
                             [&](const std::string& word) { return octets.find(word) != std::string::npos; });
}

std::string_view name_of(ProbeVerdict verdict) {
  static constexpr std::string_view names[] = {
      "speaks",           "other_protocol",   "turned_away",        "preauthenticated",
      "starttls_missing", "starttls_refused", "plaintext_injection"};
  return names[static_cast<std::size_t>(verdict)];
}

}  // namespace

std::vector<std::string> list(std::string_view items) {
  std::vector<std::string> result;
  if (items.empty()) return result;
  for (const std::string_view item : split(items, '|')) result.emplace_back(item);
  return result;
}

Answer speaks(std::string_view greeting, std::string_view before_tls, std::string_view capabilities,
              std::string_view mechanisms) {
  ProbeAnswer answer;
  answer.verdict = ProbeVerdict::speaks;
  answer.greeting = greeting;
  answer.before_tls = list(before_tls);
  answer.capabilities = list(capabilities);
  answer.mechanisms = list(mechanisms);
  return answer;
}

Answer ends(ProbeVerdict verdict, std::string_view greeting, std::string_view before_tls, std::string_view mechanisms) {
  ProbeAnswer answer;
  answer.verdict = verdict;
  answer.greeting = greeting;
  answer.before_tls = list(before_tls);
  answer.mechanisms = list(mechanisms);
  return answer;
}

Answer fails(FailureKind kind, std::string_view detail) { return Failure{kind, std::string(detail)}; }

std::string describe(const Answer& answer) {
  if (const auto* failure = std::get_if<Failure>(&answer))
    return fmt::format("{}: {}", to_string(failure->kind), failure->detail);
  if (const auto* probe = std::get_if<ProbeAnswer>(&answer))
    return fmt::format("{}\ngreeting {}\nin clear {}\nthen {}\nmechanisms {}{}{}", name_of(probe->verdict),
                       probe->greeting, probe->before_tls, probe->capabilities, probe->mechanisms, probe->address,
                       probe->tls ? " with TLS facts" : "");
  if (const auto* http = std::get_if<HttpAnswer>(&answer))
    return fmt::format("{}\ntype {}\nlocation {}\nretry {}\nbody {}", http->status, http->content_type, http->location,
                       http->retry_after, http->body);
  return "an answer of the DNS";
}

void check(const Script& script) {
  const Play expected{script.client, describe(script.outcome)};
  const Play whole = Player(script).play(in_one_piece);
  BOOST_TEST(whole.client == expected.client);
  BOOST_TEST(whole.outcome == expected.outcome);
  BOOST_TEST(!holds_login(whole.client), "G25: the client sends part of a login: " << whole.client);
  BOOST_TEST((Player(script).play(octet_by_octet) == expected), "octet by octet it ends otherwise");

  std::size_t octets = 0;
  for (const std::string& turn : script.server) octets += turn.size();
  // Every place of a dialogue of ordinary length; some twenty places of a very long one.
  const std::size_t step = octets < 2000 ? 1 : octets / 20;
  for (std::size_t at = 1; at < octets; at += step)
    BOOST_TEST((Player(script).play(cut_at(at)) == expected), "cut at octet " << at << " it ends otherwise");
}

}  // namespace mailconf::test
