#include "clients/simulation.h"

#include <algorithm>
#include <fmt/core.h>

#include "clients/run.h"

namespace mailconf::clients {

class Simulation::Implementation {
 public:
  Implementation(const Facts& facts, Circumstances about) : facts_(facts), about_(std::move(about)) {
    for (const auto& way : facts.ways) slots_.push_back({way, false, {}});
    prediction_.client = facts.client;
  }

  Orders begin(Instant now);
  Orders on_answer(std::uint32_t number, const Answer& answer, Instant now);
  Orders on_time(Instant now);
  Orders abort(Instant now, std::string reason);
  [[nodiscard]] const Prediction& prediction() const { return prediction_; }

 private:
  // A way, and once it was begun its runs: one for each name where these are asked for side by side.
  struct Slot {
    const Way& way;
    bool opened = false;
    std::vector<std::unique_ptr<Run>> runs;

    [[nodiscard]] bool ended() const {
      return opened && std::ranges::all_of(runs, [](const auto& run) { return run->ended(); });
    }
    [[nodiscard]] bool found() const {
      return std::ranges::any_of(runs, [](const auto& run) { return run->found().has_value(); });
    }
  };

  Orders proceed(Instant now);
  bool deliver(Instant now);
  bool open_slots(Instant now);
  [[nodiscard]] bool may_open(const Slot& slot) const;
  void open(Slot& slot, Instant now);
  [[nodiscard]] const Slot* slot_of(const std::string& name) const;
  [[nodiscard]] std::vector<std::string> names_for(const Way& way) const;
  void settle(Instant now);
  // The run that wins the stage; nothing and `open` while it is not decided.
  const Run* winner(bool& open) const;
  const Run* best_so_far() const;
  bool next_stage();
  void finish(const Run* winner, Instant now);
  void take(const Run& winner);
  [[nodiscard]] std::string why_nothing() const;
  [[nodiscard]] Instant wake() const;

  const Facts& facts_;
  const Circumstances about_;
  Requests requests_{facts_, about_};
  std::vector<Slot> slots_;
  int stage_ = 1;
  Instant began_{};
  bool finished_ = false;
  Prediction prediction_;
};

Orders Simulation::Implementation::begin(Instant now) {
  began_ = now;
  return proceed(now);
}

Orders Simulation::Implementation::on_answer(std::uint32_t number, const Answer& answer, Instant now) {
  requests_.on_answer(number, answer, now);
  return proceed(now);
}

Orders Simulation::Implementation::on_time(Instant now) {
  requests_.on_time(now);
  for (auto& slot : slots_) {
    for (auto& run : slot.runs) run->on_time(now);
  }
  return proceed(now);
}

Orders Simulation::Implementation::abort(Instant now, std::string reason) {
  if (!finished_) {
    finish(nullptr, now);
    prediction_.ended = false;
    prediction_.reason = std::move(reason);
  }
  return proceed(now);
}

// Answers lead to questions and ways to others, until there is nothing left to do at this moment.
Orders Simulation::Implementation::proceed(Instant now) {
  bool moved = true;
  while (moved && !finished_) {
    moved = open_slots(now);
    moved = deliver(now) || moved;
    settle(now);
  }
  Orders orders = requests_.take_orders();
  orders.wake = wake();
  orders.finished = finished_;
  return orders;
}

bool Simulation::Implementation::deliver(Instant now) {
  const auto finished = requests_.take_finished();
  for (const auto& each : finished) {
    for (auto& slot : slots_) {
      for (auto& run : slot.runs) run->take(each, now);
    }
  }
  return !finished.empty();
}

bool Simulation::Implementation::open_slots(Instant now) {
  bool opened = false;
  for (auto& slot : slots_) {
    if (slot.opened || slot.way.stage != stage_ || !may_open(slot)) continue;
    open(slot, now);
    opened = true;
  }
  return opened;
}

bool Simulation::Implementation::may_open(const Slot& slot) const {
  const auto is_over = [this](const std::string& name) { return name.empty() || slot_of(name)->ended(); };
  return is_over(slot.way.after) && is_over(slot.way.each) && is_over(slot.way.unless_found);
}

void Simulation::Implementation::open(Slot& slot, Instant now) {
  const Way& way = slot.way;
  slot.opened = true;
  if (!way.unless_found.empty() && slot_of(way.unless_found)->found()) return;
  const Desk desk{facts_, about_, requests_};
  const auto names = names_for(way);
  if (names.empty()) return;
  if (way.guess) {
    slot.runs.push_back(make_guess_run(way, desk, names.front()));
  } else if (way.each_at_once) {
    for (const auto& name : names) slot.runs.push_back(make_published_run(way, desk, {name}));
  } else {
    slot.runs.push_back(make_published_run(way, desk, names));
  }
  for (auto& run : slot.runs) run->begin(now);
}

const Simulation::Implementation::Slot* Simulation::Implementation::slot_of(const std::string& name) const {
  return &*std::ranges::find(slots_, name, [](const Slot& slot) { return slot.way.name; });
}

std::vector<std::string> Simulation::Implementation::names_for(const Way& way) const {
  if (way.each.empty()) return {""};
  std::vector<std::string> names;
  for (const auto& run : slot_of(way.each)->runs) names.insert(names.end(), run->names().begin(), run->names().end());
  return names;
}

const Run* Simulation::Implementation::best_so_far() const {
  for (const auto& slot : slots_) {
    for (const auto& run : slot.runs) {
      if (run->found()) return run.get();
    }
  }
  return nullptr;
}

const Run* Simulation::Implementation::winner(bool& open) const {
  const auto of_stage = [this](const Slot& slot) { return slot.way.stage == stage_; };
  open = std::ranges::any_of(slots_, [&](const Slot& slot) { return of_stage(slot) && !slot.ended(); });
  if (facts_.settles == Settles::all) return open ? nullptr : best_so_far();
  if (facts_.settles == Settles::first) return best_so_far();
  for (const auto& slot : slots_) {
    if (!of_stage(slot)) continue;
    for (const auto& run : slot.runs) {
      if (run->found()) return run.get();
      if (!run->ended()) return nullptr;
    }
    if (!slot.opened) return nullptr;
  }
  return nullptr;
}

void Simulation::Implementation::settle(Instant now) {
  bool open = false;
  const Run* won = winner(open);
  const bool out_of_time = facts_.limit > Duration{} && now >= began_ + facts_.limit;
  if (!won && out_of_time) {
    for (auto& slot : slots_) {
      for (auto& run : slot.runs) run->on_limit(now);
    }
    return finish(best_so_far(), now);
  }
  if (won) return finish(won, now);
  if (!open && !next_stage()) finish(nullptr, now);
}

bool Simulation::Implementation::next_stage() {
  int next = 0;
  for (const auto& slot : slots_) {
    if (slot.way.stage > stage_ && (next == 0 || slot.way.stage < next)) next = slot.way.stage;
  }
  if (next > 0) stage_ = next;
  return next > 0;
}

void Simulation::Implementation::finish(const Run* winner, Instant now) {
  finished_ = true;
  for (const auto& slot : slots_) {
    for (const auto& run : slot.runs) {
      if (!winner) prediction_.asks.insert(prediction_.asks.end(), run->asks().begin(), run->asks().end());
      run->drop(now);
    }
  }
  prediction_.elapsed = now - began_;
  prediction_.requests = requests_.rows(began_);
  if (winner)
    take(*winner);
  else
    prediction_.reason = why_nothing();
}

void Simulation::Implementation::take(const Run& winner) {
  const Found& found = *winner.found();
  auto applied =
      about_.address ? for_address(found.settings, *about_.address) : for_domain(found.settings, about_.domain);
  prediction_.found = true;
  prediction_.found_by = winner.way().name;
  prediction_.told_by = found.told_by;
  prediction_.incoming = std::move(applied.settings.incoming);
  prediction_.outgoing = std::move(applied.settings.outgoing);
  prediction_.asks.insert(prediction_.asks.end(), found.asks.begin(), found.asks.end());
  if (facts_.http_needs_approval && prediction_.told_in_clear())
    prediction_.asks.emplace_back("that settings which came over plain HTTP may be used");
}

std::string Simulation::Implementation::why_nothing() const {
  std::string reason = fmt::format("nothing that it takes came of {} requests", prediction_.requests.size());
  if (facts_.limit > Duration{} && prediction_.elapsed >= facts_.limit) reason = "its time was over; " + reason;
  if (requests_.not_asked() > 0)
    reason += fmt::format("; {} of them over plain HTTP were not made", requests_.not_asked());
  return reason;
}

Instant Simulation::Implementation::wake() const {
  if (finished_) return never;
  Instant next = requests_.wake();
  if (facts_.limit > Duration{}) next = std::min(next, began_ + facts_.limit);
  for (const auto& slot : slots_) {
    for (const auto& run : slot.runs) next = std::min(next, run->wake());
  }
  return next;
}

Simulation::Simulation(const Facts& facts, Circumstances about)
    : implementation_(std::make_unique<Implementation>(facts, std::move(about))) {}
Simulation::Simulation(Simulation&&) noexcept = default;
Simulation& Simulation::operator=(Simulation&&) noexcept = default;
Simulation::~Simulation() = default;

Orders Simulation::begin(Instant now) { return implementation_->begin(now); }
Orders Simulation::on_answer(std::uint32_t number, const Answer& answer, Instant now) {
  return implementation_->on_answer(number, answer, now);
}
Orders Simulation::on_time(Instant now) { return implementation_->on_time(now); }
Orders Simulation::abort(Instant now, std::string reason) { return implementation_->abort(now, std::move(reason)); }
const Prediction& Simulation::prediction() const { return implementation_->prediction(); }

}  // namespace mailconf::clients
