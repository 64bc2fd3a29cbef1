// A run of simulated clients that is written down is given again without a network, to the last octet of its JSON.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fstream>

#include "clients/play.h"
#include "driver/recorded_network.h"

using namespace mailconf;
using namespace mailconf::testing;

namespace {

const simulated::World& recorded_worlds() {
  static const simulated::World world = [] {
    std::ifstream stream(TEST_DATA "/clients/worlds.toml");
    return simulated::world_from(std::string(std::istreambuf_iterator<char>(stream), {}));
  }();
  return world;
}

struct WrittenRun {
  std::vector<Prediction> predictions;
  std::string recording;
};

// `send_address`: the address is told to whom the client tells it.
WrittenRun written_run(const clients::Circumstances& circumstances, const std::vector<std::string>& names = {}) {
  simulated::SimulatedNetwork network(recorded_worlds());
  SharedNetwork shared(network, manners_of_clients({}));
  RecordingNetwork recorder(shared, circumstances.address);
  Recording recording;
  recording.options.deadline = std::chrono::minutes(20);
  recording.options.allow_http = circumstances.allow_http;
  recording.options.send_address = circumstances.send_address ? SendAddress::retry : SendAddress::never;
  recording.domain = circumstances.domain.ascii();
  recording.has_address = circumstances.address.has_value();
  std::uint32_t owner = 1;
  WrittenRun run;
  run.predictions =
      run_simulations(recorder, owner, simulations_of({names, circumstances.send_address}, circumstances).value(),
                      recording.options.deadline, {});
  for (const auto& prediction : run.predictions) recording.clients.push_back(prediction.client.name);
  recording.entries = recorder.entries();
  run.recording = write_recording(recording);
  return run;
}

clients::Circumstances told(const std::string& address) {
  const auto parsed = EmailAddress::parse(address).value();
  return {parsed.domain(), parsed, true, true};
}

std::string json(const std::vector<Prediction>& predictions) {
  return write_simulation_json("a.example", predictions, true);
}

std::string again(const std::string& recording, const AddressOrDomain& subject) {
  auto resolver = Resolver::replay(recording);
  BOOST_REQUIRE(resolver.has_value());
  const auto predictions = resolver->simulate(subject);
  BOOST_REQUIRE(predictions.has_value());
  return json(*predictions);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(simulation_replay)

BOOST_DATA_TEST_CASE(all_clients_are_replayed_to_the_same_json,
                     (std::vector<std::string>{"good.example", "blocked.example", "exchange.example", "records.example",
                                               "usual.example", "silent.example"})) {
  const auto run = written_run(about(sample));
  BOOST_TEST(run.predictions.size() == simulated_clients().size());
  BOOST_TEST(again(run.recording, DomainName::parse(sample).value()) == json(run.predictions));
}

BOOST_AUTO_TEST_CASE(a_recording_of_clients_says_that_it_is_one_and_of_which_domain) {
  const auto resolver = Resolver::replay(written_run(about("good.example")).recording);
  BOOST_REQUIRE(resolver.has_value());
  BOOST_TEST((resolver->recorded_run() == RecordedRun::simulation));
  BOOST_TEST(std::get<DomainName>(*resolver->recorded()).ascii() == "good.example");
}

BOOST_AUTO_TEST_CASE(an_address_that_clients_told_is_replayed_and_is_not_in_the_recording) {
  const auto circumstances = told("alice.smith@good.example");
  const auto run = written_run(circumstances);
  BOOST_TEST(json(run.predictions).find("alice.smith") != std::string::npos);
  BOOST_TEST(run.recording.find("alice") == std::string::npos, run.recording);
  BOOST_TEST(again(run.recording, *circumstances.address) == json(run.predictions));
}

// Of the address Evolution sends a digest as well: whoever guesses the address can tell by it.
BOOST_AUTO_TEST_CASE(neither_is_the_digest_of_the_address) {
  const auto circumstances = told("alice.smith@good.example");
  const auto run = written_run(circumstances, {"evolution"});
  const auto digest = clients::md5_of("alice.smith@good.example");
  BOOST_TEST(json(run.predictions).find(digest) != std::string::npos);
  BOOST_TEST(run.recording.find(digest) == std::string::npos, run.recording);
  const auto other = EmailAddress::parse("bob@good.example").value();
  const auto replayed = again(run.recording, other);
  BOOST_TEST(replayed.find(clients::md5_of("bob@good.example")) != std::string::npos);
  BOOST_TEST(replayed.find("alice") == std::string::npos);
  BOOST_TEST(replayed.find("not in the recording") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(some_of_the_recorded_clients_can_be_chosen_and_no_other) {
  auto resolver = Resolver::replay(written_run(about("good.example"), {"aerc", "geary"}).recording);
  BOOST_REQUIRE(resolver.has_value());
  const auto domain = DomainName::parse("good.example").value();
  BOOST_TEST(resolver->simulate(domain)->size() == 2U);
  const auto one = resolver->simulate(domain, {{"geary"}});
  BOOST_REQUIRE(one.has_value());
  BOOST_TEST(one->front().client.name == "geary");
  const auto other = resolver->simulate(domain, {{"thunderbird"}});
  BOOST_REQUIRE(!other.has_value());
  BOOST_TEST(other.error().message == "\"thunderbird\" is not in the recording");
}

BOOST_AUTO_TEST_SUITE_END()
