// The sources of one resolution at work: begun in order of rank, given their answers, their settings made into
// findings.
#pragma once

#include <deque>

#include "engine/state.h"

namespace mailconf {

class Inquiry {
 public:
  Inquiry(State& state, const Observer& observer) : state_(state), observer_(observer) {}

  // `exchange` has been answered: whoever asked it is due an answer.
  void notice(Exchanges::Id exchange);
  // Begins what is not superfluous and hands out answers until there is nothing more to do.
  void advance();

 private:
  bool begin_sources();
  void deliver();
  void take(std::size_t rank, std::optional<std::size_t> because, Step step);
  void follow_up(std::size_t rank, std::optional<std::size_t> because);
  void take_of_follow_up(const Ask& next, const Step& step);
  void ask(Ask made, const Question& question);
  [[nodiscard]] std::optional<std::size_t> look_up_of_host(std::size_t rank, const Question& question) const;
  [[nodiscard]] std::vector<std::size_t> evidence_of(std::size_t rank) const;
  void tell_warnings(std::size_t rank, const std::vector<Diagnostic>& diagnostics);

  State& state_;
  const Observer& observer_;
  std::deque<std::size_t> due_;  // asks whose exchange has been answered
};

}  // namespace mailconf
