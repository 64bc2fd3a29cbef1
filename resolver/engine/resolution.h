// One address as a state machine: every source asked at once, answers ranked, servers proved, the explanation kept. It
// does no I/O and has no clock: it is told what came back and what time it is, and returns orders.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "mailconf/resolver.h"
#include "network/network.h"
#include "sources/catalog.h"
#include "sources/source.h"

namespace mailconf {

struct ResolutionOptions {
  Duration deadline = std::chrono::seconds(8);  // for the whole run, from begin()
  bool probe = true;
};

struct Orders {
  struct Start {
    std::uint32_t number;
    Question question;
    Instant deadline;
  };
  std::vector<Start> start;
  std::vector<std::uint32_t> cancel;
  Instant wake{};         // call on_time() then, whatever else happens
  bool finished = false;  // report() is final; nothing is outstanding
};

class Resolution {
 public:
  // `subject` and what it points to must outlive the resolution.
  Resolution(const Subject& subject, std::vector<CatalogEntry> catalog, const ResolutionOptions& options,
             Observer observer = {});
  ~Resolution();

  Orders begin(Instant now);
  Orders on_answer(std::uint32_t number, const Answer& answer, Instant now);
  Orders on_time(Instant now);
  // Cancels all that is outstanding; the report says so for every source.
  Orders abort(Instant now);

  [[nodiscard]] const Report& report() const;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace mailconf
