// How audits are carried out: what is asked, of how many domains, and how they end.
#include <boost/test/unit_test.hpp>
#include <fmt/core.h>
#include <stop_token>

#include "audit/auditor.h"

namespace mailconf::testing {
namespace {

// Many domains, every fiftieth of which publishes something. One zone holds them all: the simulated name server looks
// through its zones.
simulated::World crowded_world(std::size_t domains) {
  simulated::World world = simulated::world_from(text_of(TEST_DATA "/audit/sound.toml"), "example.org");
  simulated::Zone crowd;
  crowd.apex = "example";
  for (std::size_t number = 0; number < domains; number += 50) {
    const auto domain = fmt::format("d{}.example", number);
    crowd.names["_imaps._tcp." + domain]["SRV"] = {"0 1 993 imap.example.org"};
    crowd.names["autoconfig." + domain]["A"] = {"203.0.113.80"};
  }
  world.zones.push_back(std::move(crowd));
  return world;
}

std::vector<DomainName> names_of(std::size_t domains) {
  std::vector<DomainName> names;
  for (std::size_t number = 0; number < domains; ++number)
    names.push_back(DomainName::parse(fmt::format("d{}.example", number)).value());
  return names;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(running)

BOOST_AUTO_TEST_CASE(a_thousand_domains_are_audited_in_one_run) {
  constexpr std::size_t many = 1000;
  const auto audits = audits_of(crowded_world(many), names_of(many));
  BOOST_TEST(audits.size() == many);
  std::set<std::string> told;
  for (const auto& audit : audits) {
    told.insert(audit.domain);
    BOOST_TEST(audit.complete);
  }
  BOOST_TEST(told.size() == many);
}

// What is kept grows with how many are under way, and not with how many there are.
BOOST_AUTO_TEST_CASE(of_domains_that_are_done_nothing_is_kept) {
  constexpr std::size_t many = 400;
  constexpr std::size_t at_once = 4;
  constexpr std::size_t most_of_one = 300;  // an audit has about 60 questions, each of which is kept in a few lists
  simulated::SimulatedNetwork network(crowded_world(many));
  SharedNetwork shared(network);
  std::size_t taken = 0;
  std::size_t most = 0;
  AuditBatch batch;
  batch.concurrency = at_once;
  batch.next = [&]() -> std::variant<DomainName, Batch::Pause> {
    if (taken == many) return Batch::Pause::ended;
    return DomainName::parse(fmt::format("d{}.example", taken++)).value();
  };
  batch.done = [&](const Audit&) { most = std::max(most, shared.held()); };
  std::uint32_t owner = 1;
  run_audits(shared, owner, batch, {std::chrono::seconds(8), today, {}}, {});
  BOOST_TEST(most > 0U);
  BOOST_TEST(most <= at_once * most_of_one);
  BOOST_TEST(shared.held() == 0U);
}

BOOST_AUTO_TEST_CASE(nobody_is_told_of_anybody_but_postmaster) {
  const auto audit = audit_of(text_of(TEST_DATA "/audit/sound.toml"));
  BOOST_TEST(audit.asked.size() > 40U);
  for (const auto& evidence : audit.asked) BOOST_TEST(evidence.asked.find('@') == std::string::npos, evidence.asked);
}

BOOST_AUTO_TEST_CASE(without_a_network_an_audit_is_not_complete) {
  const auto audit = audit_of("[network]\noffline = true\n[zone.\"example.org\"]\n");
  BOOST_TEST(!audit.complete);
  BOOST_TEST(audit.incomplete == "no name could be looked up");
  for (const auto& finding : audit.findings) BOOST_TEST(!finding.code.ends_with("missing"), finding.code);
}

BOOST_AUTO_TEST_CASE(an_audit_ends_within_its_deadline_behind_a_firewall) {
  const auto audit = audit_of(
      "[network]\nother-addresses = \"drop\"\n[zone.\"example.org\"]\n\"* A\" = \"203.0.113.99\"\n"
      "\"@ A\" = \"203.0.113.99\"\n");
  BOOST_TEST((audit.elapsed <= std::chrono::seconds(8)));
  BOOST_TEST((finding_of(audit, "web-host-unreachable") != nullptr));
  for (const std::string code : {"autoconfig-missing", "autodiscover-missing", "pacc-missing"})
    BOOST_TEST((finding_of(audit, code) == nullptr), "what does not answer is not missing: " << code);
}

BOOST_AUTO_TEST_CASE(what_an_interrupt_cuts_off_is_told_as_incomplete) {
  simulated::SimulatedNetwork network(simulated::world_from(text_of(TEST_DATA "/audit/sound.toml"), "example.org"));
  SharedNetwork shared(network);
  std::stop_source stop;
  network.at(std::chrono::milliseconds(80), [&] {
    stop.request_stop();
    network.wake();
  });
  bool given = false;
  std::vector<Audit> audits;
  AuditBatch batch;
  batch.next = [&]() -> std::variant<DomainName, Batch::Pause> {
    if (std::exchange(given, true)) return Batch::Pause::ended;
    return DomainName::parse("example.org").value();
  };
  batch.done = [&](const Audit& audit) { audits.push_back(audit); };
  std::uint32_t owner = 1;
  run_audits(shared, owner, batch, {std::chrono::seconds(8), today}, stop.get_token());
  BOOST_REQUIRE_EQUAL(audits.size(), 1U);
  BOOST_TEST(audits.front().incomplete == "interrupted");
  BOOST_TEST(network.outstanding() == 0U);
}

BOOST_AUTO_TEST_CASE(errors_stand_before_warnings_and_these_before_notes) {
  const auto audit = audit_of("[zone.\"example.org\"]\n");
  BOOST_TEST(audit.findings.size() > 3U);
  BOOST_TEST(std::ranges::is_sorted(audit.findings, {}, &AuditFinding::severity));
}

BOOST_AUTO_TEST_CASE(equal_worlds_give_equal_audits) {
  const auto world = text_of(TEST_DATA "/audit/sound.toml");
  BOOST_TEST((audit_of(world) == audit_of(world)));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
