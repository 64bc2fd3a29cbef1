// Runs a scenario: the product's engine and driver on the simulated network.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mailconf/report.h"
#include "sources/catalog.h"
#include "support/scenario.h"
#include "support/simulated_network.h"

namespace mailconf::simulated {

// How a run differs from the scenario as written.
struct Variation {
  std::uint64_t shuffle_seed = 0;
  Duration shuffle_limit{};
  struct Interference {
    std::size_t question = 0;
    std::optional<Answer> answer;
  };
  std::optional<Interference> interference{};
  std::uint64_t loss_seed = 1;
};

struct Run {
  Report report;
  std::optional<Report> provisional;  // the first one that the observer was shown
  std::vector<Asked> asked;
  std::vector<Dialled> dialled;
  std::vector<std::string> mail_commands;
  SocketPool::Peak sockets;
  std::size_t questions = 0;    // started
  std::size_t outstanding = 0;  // when the run was over
  std::size_t open_sockets = 0;
  Duration ended{};
};

// What the scenario asks about, and whom: for those who run it by themselves. Refers to the scenario.
Result<Subject> subject_of(const Scenario& scenario);
std::vector<CatalogEntry> chosen_catalog(const ResolverOptions& options);

Run run(const Scenario& scenario, const Variation& variation = {});

// What is wrong with the run, one sentence each: against the scenario, and against what holds for every run.
std::vector<std::string> complaints(const Scenario& scenario, const Run& run);
// The part that holds for every run, whatever the world does.
std::vector<std::string> broken_promises(const Scenario& scenario, const Run& run);

// The report in a few lines, for the reader of a failed test.
std::string summary(const Run& run);

// "*" stands for any text.
bool matches(std::string_view text, std::string_view pattern);

}  // namespace mailconf::simulated
