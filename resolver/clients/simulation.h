// One mail client looking for the settings of a domain, as a state machine. It does no I/O and has no clock.
#pragma once

#include <memory>

#include "clients/facts.h"
#include "clients/questions.h"
#include "engine/resolution.h"
#include "mailconf/simulate.h"

namespace mailconf::clients {

class Simulation {
 public:
  // `facts` must outlive the simulation.
  Simulation(const Facts& facts, Circumstances about);
  Simulation(Simulation&&) noexcept;
  Simulation& operator=(Simulation&&) noexcept;
  ~Simulation();

  Orders begin(Instant now);
  Orders on_answer(std::uint32_t number, const Answer& answer, Instant now);
  Orders on_time(Instant now);
  // Cancels all that is outstanding; the prediction says that it is none.
  Orders abort(Instant now, std::string reason);

  [[nodiscard]] const Prediction& prediction() const;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace mailconf::clients
