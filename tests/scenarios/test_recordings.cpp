// Every scenario is recorded, and its recording replayed where there is no such world.
#include <boost/test/unit_test.hpp>

#include "driver/driver.h"
#include "driver/recorded_network.h"
#include "engine/resolution.h"
#include "model/text.h"
#include "scenarios/runner.h"

using namespace mailconf;
using namespace mailconf::simulated;

namespace {

struct Recorded {
  Report report;
  std::string text;
};

Report resolved(const Scenario& scenario, const Subject& subject, Network& network) {
  Resolution resolution(subject, chosen_catalog(scenario.options), {scenario.options.deadline, scenario.options.probe});
  return mailconf::run(resolution, network, 1);
}

Recorded recorded(const Scenario& scenario, const Subject& subject) {
  SimulatedNetwork network(scenario.world);
  network.allow_private(scenario.options.allow_private);
  RecordingNetwork recorder(network, subject.address);
  auto report = resolved(scenario, subject, recorder);
  Recording recording;
  recording.domain = subject.domain.ascii();
  recording.has_address = subject.address.has_value();
  recording.options = scenario.options;
  recording.entries = recorder.entries();
  return {std::move(report), write_recording(recording)};
}

Report replayed(const Scenario& scenario, const Subject& subject, const std::string& text) {
  const auto recording = read_recording(text);
  BOOST_REQUIRE_MESSAGE(recording.has_value(), scenario.file + ": " + (recording ? "" : recording.error().text()));
  ReplayingNetwork network(*recording, subject.address);
  return resolved(scenario, subject, network);
}

// All scenarios that ask somebody, with their subjects; those that are recordings themselves ask nobody.
template <class Check>
void for_each_scenario(const Check& check) {
  for (const auto& path : scenario_files(TEST_DATA "/scenarios")) {
    const auto scenario = read_scenario(path);
    const auto subject = subject_of(scenario);
    if (subject && !scenario.recording) check(scenario, *subject);
  }
}

const char* const with_personal_document = R"(
title = "a provider that makes its document for each address"
address = "Al.Ice+x@example.org"
[zone."example.org"]
[host.web]
names = ["autoconfig.example.org"]
addresses = ["203.0.113.80"]
default-status = 404
[host.web.resources."/mail/config-v1.1.xml?emailaddress=Al.Ice%2Bx%40example.org"]
status = 302
location = "/made/for/Al.Ice%2Bx/config.xml"
[host.web.resources."/made/for/Al.Ice%2Bx/config.xml"]
autoconfig = ["imap imap.example.org 993 SSL password-cleartext Al.Ice+x", "smtp smtp.example.org 465 SSL"]
[host.mail]
names = ["imap.example.org", "smtp.example.org"]
addresses = ["203.0.113.10"]
[host.mail.ports]
993 = "imap"
465 = "smtp"
[expect]
status = "found"
)";

}  // namespace

BOOST_AUTO_TEST_SUITE(recordings)

BOOST_AUTO_TEST_CASE(a_replay_gives_the_report_of_the_recorded_run) {
  std::size_t count = 0;
  for_each_scenario([&](const Scenario& scenario, const Subject& subject) {
    const auto [report, text] = recorded(scenario, subject);
    BOOST_TEST((replayed(scenario, subject, text) == report), scenario.file);
    ++count;
  });
  BOOST_TEST(count > 100U);
}

BOOST_AUTO_TEST_CASE(no_recording_holds_the_local_part) {
  std::size_t count = 0;
  for_each_scenario([&](const Scenario& scenario, const Subject& subject) {
    if (!subject.address || subject.address->local_part() != "alice") return;
    BOOST_TEST(to_lower(recorded(scenario, subject).text).find("alice") == std::string::npos, scenario.file);
    ++count;
  });
  BOOST_TEST(count > 100U);
}

BOOST_AUTO_TEST_CASE(a_document_made_for_the_address_is_recorded_without_it_and_replayed_with_it) {
  const auto scenario = scenario_from(with_personal_document, "here");
  const auto subject = subject_of(scenario).value();
  const auto [report, text] = recorded(scenario, subject);
  BOOST_TEST(to_string(report.status) == "found");
  BOOST_REQUIRE(!report.best.incoming.empty());
  BOOST_TEST(report.best.incoming.front().server.username == "Al.Ice+x");
  BOOST_TEST(to_lower(text).find("al.ice") == std::string::npos, text);
  BOOST_TEST((replayed(scenario, subject, text) == report));
}

BOOST_AUTO_TEST_CASE(with_another_local_part_the_answer_is_for_that) {
  const auto scenario = scenario_from(with_personal_document, "here");
  const auto text = recorded(scenario, subject_of(scenario).value()).text;
  auto user = subject_of(scenario).value();
  user.address = EmailAddress::parse("user@example.org").value();
  const auto report = replayed(scenario, user, text);
  BOOST_TEST(to_string(report.status) == "found");
  BOOST_REQUIRE(!report.best.incoming.empty());
  BOOST_TEST(report.best.incoming.front().server.username == "user");
}

BOOST_AUTO_TEST_CASE(what_was_not_recorded_is_unknown_and_nobody_is_waited_for) {
  const auto scenario = scenario_from(with_personal_document, "here");
  auto subject = subject_of(scenario).value();
  const auto text = recorded(scenario, subject).text;
  subject.domain = DomainName::parse("example.net").value();
  subject.address.reset();
  const auto report = replayed(scenario, subject, text);
  BOOST_TEST(to_string(report.status) == "offline");
  for (const auto& row : report.sources) BOOST_TEST(to_string(row.outcome) != "found", row.source);
}

BOOST_AUTO_TEST_SUITE_END()
