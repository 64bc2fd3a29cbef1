// A way that tries ports: each direction by itself, in order of preference.
#include <algorithm>

#include "clients/run.h"
#include "engine/proof.h"

namespace mailconf::clients {
namespace {

struct Candidate {
  enum class State { waiting, out, good, bad };
  Server server;
  Instant due{};
  State state = State::waiting;
  Requests::Id request = 0;

  [[nodiscard]] bool open() const { return state == State::waiting || state == State::out; }
};

struct Direction {
  std::vector<Candidate> candidates;
  bool decided = false;
  std::vector<Server> servers;  // what it came to
};

bool is_good(const Facts& facts, const Server& server, const Answer& answer) {
  if (server.socket_type == SocketType::plain && !facts.takes_plaintext) return false;
  const auto* shown = std::get_if<ProbeAnswer>(&answer);
  if (!shown || shown->verdict != ProbeVerdict::speaks) return false;
  return !shown->tls || shown->tls->certificate == CertificateVerdict::valid;
}

class GuessRun final : public Run {
 public:
  GuessRun(const Way& way, const Desk& desk, std::string name) : Run(way, desk), name_(std::move(name)) {}

  void begin(Instant now) override {
    plan(incoming_, way_.guess->incoming, now);
    plan(outgoing_, way_.guess->outgoing, now);
    on_time(now);
  }

  void on_time(Instant now) override {
    for (auto* direction : {&incoming_, &outgoing_}) start_those_due(*direction, now);
  }

  void on_limit(Instant now) override {
    for (auto* direction : {&incoming_, &outgoing_}) {
      if (ended_ || direction->decided) continue;
      for (auto& each : direction->candidates) {
        if (each.open()) each.state = Candidate::State::bad;
      }
      decide(*direction, now);
    }
  }

  [[nodiscard]] Instant wake() const override {
    Instant next = never;
    for (const auto* direction : {&incoming_, &outgoing_}) {
      for (const auto& each : direction->candidates) {
        const bool waits = each.state == Candidate::State::waiting && !direction->decided && !way_.guess->in_turn;
        if (waits && !ended_) next = std::min(next, each.due);
      }
    }
    return next;
  }

 private:
  void plan(Direction& direction, const std::vector<Server>& servers, Instant now) {
    for (const auto& server : servers) {
      const auto place = static_cast<Duration::rep>(direction.candidates.size());
      direction.candidates.push_back({server_for(server, desk_.about.domain, name_), now + way_.guess->every * place});
    }
  }

  void start_those_due(Direction& direction, Instant now) {
    for (auto& each : direction.candidates) {
      if (direction.decided || ended_) return;
      if (way_.guess->in_turn && each.state == Candidate::State::out) return;
      if (each.state != Candidate::State::waiting || each.due > now) continue;
      each.state = Candidate::State::out;
      each.request = ask(proof_question(each.server).value(), now);
      if (way_.guess->in_turn) return;
    }
  }

  void on_finished(const Requests::Finished& finished, Instant now) override {
    for (auto* direction : {&incoming_, &outgoing_}) {
      for (auto& each : direction->candidates) {
        if (each.state != Candidate::State::out || each.request != finished.id) continue;
        const bool good = is_good(desk_.facts, each.server, finished.answer);
        each.state = good ? Candidate::State::good : Candidate::State::bad;
        decide(*direction, now);
        if (!ended_) start_those_due(*direction, now);
        return;
      }
    }
  }

  void decide(Direction& direction, Instant now);
  void close(Direction& direction, Instant now);

  std::string name_;
  Direction incoming_;
  Direction outgoing_;
};

// The best that answers, once all better ones have failed; then the best of the other protocol where that is wanted.
void GuessRun::decide(Direction& direction, Instant now) {
  std::vector<Server> servers;
  const auto enough = [&] { return servers.size() == (way_.guess->both_protocols ? 2U : 1U); };
  bool undecided = false;
  for (const auto& each : direction.candidates) {
    undecided = undecided || each.open();
    if (undecided || enough()) break;
    const bool other = servers.empty() || servers.front().type != each.server.type;
    if (each.state == Candidate::State::good && other) servers.push_back(each.server);
    // There is one protocol for sending.
    if (!servers.empty() && servers.front().type == ServerType::smtp) break;
  }
  const bool sends = !servers.empty() && servers.front().type == ServerType::smtp;
  if (undecided && !enough() && !sends) return;
  direction.servers = std::move(servers);
  close(direction, now);
}

// One direction without a server makes the other one useless.
void GuessRun::close(Direction& direction, Instant now) {
  direction.decided = true;
  for (const auto& each : direction.candidates) {
    if (each.state == Candidate::State::out && open_.erase(each.request) > 0) desk_.requests.drop(each.request, now);
  }
  if (direction.servers.empty()) return drop(now);
  if (!incoming_.decided || !outgoing_.decided) return;
  Settings settings;
  settings.incoming = incoming_.servers;
  settings.outgoing = outgoing_.servers;
  found_ = Found{std::move(settings), "", {}};
  if (!way_.asks.empty()) found_->asks.push_back(way_.asks);
  ended_ = true;
}

}  // namespace

std::unique_ptr<Run> make_guess_run(const Way& way, const Desk& desk, const std::string& name) {
  return std::make_unique<GuessRun>(way, desk, name);
}

}  // namespace mailconf::clients
