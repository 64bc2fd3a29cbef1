// One way of finding settings under way.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "clients/facts.h"
#include "clients/questions.h"
#include "clients/requests.h"

namespace mailconf::clients {

// What a run works with.
struct Desk {
  const Facts& facts;
  const Circumstances& about;
  Requests& requests;
};

struct Found {
  Settings settings;
  std::string told_by;            // the request; empty for a guess
  std::vector<std::string> asks;  // of the user
};

class Run {
 public:
  Run(const Way& way, Desk desk) : way_(way), desk_(desk) {}
  virtual ~Run() = default;
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  virtual void begin(Instant now) = 0;
  virtual void on_time(Instant) {}
  // The client has no more time: what is there must do.
  virtual void on_limit(Instant) {}
  [[nodiscard]] virtual Instant wake() const { return never; }

  // Nothing when the request is of another run.
  void take(const Requests::Finished& finished, Instant now) {
    if (open_.erase(finished.id) > 0) on_finished(finished, now);
  }
  void drop(Instant now) {
    for (const auto id : std::exchange(open_, {})) desk_.requests.drop(id, now);
    ended_ = true;
  }

  [[nodiscard]] const Way& way() const { return way_; }
  [[nodiscard]] bool ended() const { return ended_; }
  [[nodiscard]] const std::optional<Found>& found() const { return found_; }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  // What the user has to say though nothing was found.
  [[nodiscard]] const std::vector<std::string>& asks() const { return asks_; }

 protected:
  virtual void on_finished(const Requests::Finished& finished, Instant now) = 0;
  Requests::Id ask(Question question, Instant now) {
    return *open_.insert(desk_.requests.ask(way_, std::move(question), now)).first;
  }

  const Way& way_;
  Desk desk_;
  std::set<Requests::Id> open_;
  bool ended_ = false;
  std::optional<Found> found_;
  std::vector<std::string> names_;
  std::vector<std::string> asks_;
};

// `names`: those that stand for {name}, one after the other; one empty text where the way speaks of none.
std::unique_ptr<Run> make_published_run(const Way& way, const Desk& desk, const std::vector<std::string>& names);
std::unique_ptr<Run> make_guess_run(const Way& way, const Desk& desk, const std::string& name);

// What the client would set up of these settings; nothing, and why, when it would not.
struct Taken {
  std::optional<Settings> settings;
  std::string refusal;
};
Taken taken_by(const Facts& facts, Settings settings);

}  // namespace mailconf::clients
