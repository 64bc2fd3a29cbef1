// What holds for whole families of worlds: any order of arrival, any single question that fails.
#include <array>
#include <boost/test/unit_test.hpp>
#include <utility>

#include "scenarios/losses.h"

using namespace mailconf;
using namespace mailconf::simulated;
using std::chrono::milliseconds;

namespace {

Scenario scenario_named(const std::string& name) { return read_scenario(TEST_DATA "/scenarios/" + name + ".toml"); }

// Worlds in which several sources have something to say.
constexpr std::array rich_worlds{
    "H7_every_source_has_something_to_say",
    "H7_the_sources_of_lower_rank_have_something_to_say",
    "E9_a_redirect_to_another_domain_needs_consent",
    "H1_the_autoconfig_host_wins_over_well_known",
    "H6_a_better_source_still_under_way_has_a_grace",
    "D20_a_stale_own_document_whose_servers_are_gone_loses",
    "D4_priority_then_weight_then_fail_over",
    "D21_a_name_of_its_own_comes_before_the_wildcard",
    "X26_a_document_without_a_server_for_sending_is_completed",
    "G18_the_domain_itself_is_tried_last",
};

struct Choice {
  std::string source;
  std::vector<Server> incoming;
  std::vector<Server> outgoing;
  Trust trust;

  bool operator==(const Choice&) const = default;
};

Choice choice_of(const Report& report) {
  Choice choice{report.best.sources.empty() ? "" : report.best.sources.front(), {}, {}, report.best.trust};
  for (const auto& found : report.best.incoming) choice.incoming.push_back(found.server);
  for (const auto& found : report.best.outgoing) choice.outgoing.push_back(found.server);
  return choice;
}

// How one question may go wrong; the first never gets an answer at all.
const std::array<std::pair<const char*, std::optional<Answer>>, 7> failures{{
    {"silence", std::nullopt},
    {"refused", Failure{FailureKind::refused, "made to fail"}},
    {"servfail", Failure{FailureKind::dns_failure, "made to fail"}},
    {"reset", Failure{FailureKind::closed, "made to fail"}},
    {"nonsense", Failure{FailureKind::nonsense, "made to fail"}},
    {"too large", Failure{FailureKind::too_large, "made to fail"}},
    {"certificate", Failure{FailureKind::certificate_bad, "made to fail"}},
}};

}  // namespace

BOOST_AUTO_TEST_CASE(any_order_of_arrival_gives_the_same_choice) {
  for (const auto* name : rich_worlds) {
    const auto scenario = scenario_named(name);
    const auto expected = choice_of(run(scenario).report);
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
      const auto shuffled = run(scenario, {seed, milliseconds(100), std::nullopt});
      BOOST_TEST_CONTEXT(name << ", seed " << seed << "\n" << summary(shuffled)) {
        BOOST_TEST((choice_of(shuffled.report) == expected));
        for (const auto& promise : broken_promises(scenario, shuffled)) BOOST_ERROR(promise);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(any_question_may_fail_and_the_report_stays_complete) {
  for (const auto* name : rich_worlds) {
    const auto scenario = scenario_named(name);
    const auto questions = run(scenario).questions;
    for (std::size_t question = 0; question < questions; ++question) {
      for (const auto& [kind, answer] : failures) {
        const auto disturbed = run(scenario, {0, {}, Variation::Interference{question, answer}});
        BOOST_TEST_CONTEXT(name << ", question " << question << ": " << kind << "\n" << summary(disturbed)) {
          for (const auto& promise : broken_promises(scenario, disturbed)) BOOST_ERROR(promise);
          BOOST_TEST((disturbed.report.status != Status::bad_input));
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(any_moment_is_a_moment_to_cancel) {
  auto scenario = scenario_named("H7_every_source_has_something_to_say");
  for (int moment = 0; moment <= 400; moment += 7) {
    scenario.cancel_at = milliseconds(moment);
    const auto cancelled = run(scenario);
    BOOST_TEST_CONTEXT("cancelled after " << moment << " ms\n" << summary(cancelled)) {
      for (const auto& promise : broken_promises(scenario, cancelled)) BOOST_ERROR(promise);
      BOOST_TEST((cancelled.report.status == Status::aborted));
    }
  }
}

BOOST_AUTO_TEST_CASE(any_port_may_fail_and_the_report_stays_complete) {
  Port dropping, refusing, silent, resetting, failing;
  dropping.reach = Reach::drop;
  refusing.reach = Reach::refuse;
  silent.service = PortService::silent;
  resetting.service = PortService::reset;
  failing.tls = failing.tls_fails = true;
  for (const auto* name : rich_worlds) {
    auto scenario = scenario_named(name);
    for (auto& host : scenario.world.hosts) {
      for (auto& [number, port] : host.ports) {
        const auto original = port;
        for (const auto& broken : {dropping, refusing, silent, resetting, failing}) {
          port = broken;
          const auto disturbed = run(scenario);
          BOOST_TEST_CONTEXT(name << ", " << host.name << ":" << number << "\n" << summary(disturbed)) {
            for (const auto& promise : broken_promises(scenario, disturbed)) BOOST_ERROR(promise);
          }
        }
        port = original;
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(any_zone_may_fail_and_the_report_stays_complete) {
  for (const auto* name : rich_worlds) {
    auto scenario = scenario_named(name);
    for (auto& zone : scenario.world.zones) {
      for (const auto* fault : {"servfail", "refused", "malformed", "timeout"}) {
        zone.fault = fault;
        const auto disturbed = run(scenario);
        BOOST_TEST_CONTEXT(name << ", " << zone.apex << ": " << fault << "\n" << summary(disturbed)) {
          for (const auto& promise : broken_promises(scenario, disturbed)) BOOST_ERROR(promise);
          BOOST_TEST((disturbed.report.status != Status::not_found));
        }
      }
      zone.fault.clear();
    }
  }
}

BOOST_AUTO_TEST_CASE(any_deadline_is_kept) {
  for (const auto* name : rich_worlds) {
    auto scenario = scenario_named(name);
    for (int deadline = 1; deadline <= 1000; deadline += 37) {
      scenario.options.deadline = milliseconds(deadline);
      const auto cut = run(scenario);
      BOOST_TEST_CONTEXT(name << " within " << deadline << " ms\n" << summary(cut)) {
        for (const auto& promise : broken_promises(scenario, cut)) BOOST_ERROR(promise);
        BOOST_TEST((cut.report.status != Status::not_found));
      }
    }
  }
}

// A document or a proof whose packets are lost three times over may run out of its time: that is for the next run.
constexpr std::size_t bad_luck = loss_seeds / 50;

BOOST_AUTO_TEST_CASE(lost_packets_cost_time_but_not_the_settings) {
  std::size_t worlds = 0;
  for (const auto& path : scenario_files(TEST_DATA "/scenarios")) {
    auto scenario = read_scenario(path);
    if (scenario.world.loss_percent == 0) continue;
    ++worlds;
    const auto losses = run_with_losses(std::move(scenario));
    BOOST_TEST_CONTEXT(path) {
      for (const auto& complaint : losses.complaints) BOOST_ERROR(complaint);
      BOOST_TEST(losses.without_settings <= bad_luck);
      BOOST_TEST((losses.proved.worst > losses.proved.median));
      BOOST_TEST((losses.proved.median > losses.proved.fewest));
    }
  }
  BOOST_TEST(worlds > 0U);
}

BOOST_AUTO_TEST_CASE(the_same_seed_loses_the_same_packets) {
  const auto scenario = scenario_named("T28_a_long_way_that_loses_packets");
  BOOST_TEST((run(scenario, {.loss_seed = 7}).report == run(scenario, {.loss_seed = 7}).report));
  BOOST_TEST((run(scenario, {.loss_seed = 7}).ended != run(scenario, {.loss_seed = 57}).ended));
}
