// What each client makes of a few states of a domain: the worlds of worlds.toml, and what a study of the clients'
// sources and documentation says of them. Thunderbird and Evolution have more in observed_test.cpp.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fstream>

#include "clients/known_clients.h"
#include "clients/play.h"

using namespace mailconf;
using namespace mailconf::testing;

namespace {

const simulated::World& worlds() {
  static const simulated::World world = [] {
    std::ifstream stream(TEST_DATA "/clients/worlds.toml");
    return simulated::world_from(std::string(std::istreambuf_iterator<char>(stream), {}));
  }();
  return world;
}

struct Row {
  const char* client;
  const char* domain;
  const char* found_by;  // empty: nothing
  int at_least_ms;
  int at_most_ms;
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.client << " on " << row.domain; }

const Row rows[]{
    {"aerc", "good.example", "autoconfig", 150, 300},
    {"aerc", "blocked.example", "ispdb", 5000, 5000},
    {"aerc", "usual.example", "guess", 5000, 5000},
    {"aerc", "silent.example", "", 5000, 5000},
    {"aerc", "records.example", "guess", 150, 1000},  // it does not ask for _submissions
    {"apple-mail", "good.example", "profile", 150, 300},
    {"apple-mail", "blocked.example", "", 60000, 61000},
    {"claws-mail", "good.example", "", 150, 250},
    {"claws-mail", "records.example", "srv", 150, 250},
    {"delta-chat", "good.example", "autoconfig", 150, 300},
    {"delta-chat", "blocked.example", "ispdb", 60000, 61000},
    {"delta-chat", "usual.example", "guess", 120000, 181000},
    {"delta-chat", "silent.example", "", 300000, 700000},
    {"delta-chat", "exchange.example", "autodiscover", 300, 1000},
    {"em-client", "exchange.example", "autodiscover", 300, 1000},
    {"em-client", "usual.example", "guess", 10000, 30000},
    {"evolution", "good.example", "autoconfig", 600, 700},
    {"evolution", "blocked.example", "autoconfig", 30000, 31000},
    {"evolution", "usual.example", "", 30000, 76000},
    {"evolution", "silent.example", "", 75000, 300000},
    {"evolution", "records.example", "srv", 600, 2000},
    {"fairemail", "good.example", "autoconfig", 300, 3000},
    {"fairemail", "blocked.example", "ispdb", 10000, 21000},
    {"fairemail", "usual.example", "scan", 20000, 45000},
    {"fairemail", "silent.example", "", 60000, 120000},
    {"fairemail", "records.example", "srv", 150, 250},
    {"geary", "good.example", "autoconfig", 150, 300},
    {"geary", "blocked.example", "autoconfig", 127000, 128000},
    {"geary", "usual.example", "", 100, 1000},
    {"kmail", "good.example", "autoconfig", 300, 1000},
    {"kmail", "blocked.example", "autoconfig", 150, 300},
    {"kmail", "usual.example", "", 127000, 260000},
    {"kmail", "silent.example", "", 127000, 600000},
    {"mailspring", "good.example", "autoconfig", 200, 400},
    {"mailspring", "usual.example", "assumed", 30000, 31000},
    {"nextcloud-mail", "good.example", "autoconfig", 150, 300},
    {"nextcloud-mail", "blocked.example", "autoconfig", 7000, 14000},
    {"nextcloud-mail", "silent.example", "", 84000, 112000},
    {"outlook", "exchange.example", "autodiscover", 300, 1000},
    {"outlook", "records.example", "", 200, 1000},
    {"outlook", "silent.example", "", 60000, 81000},
    {"thunderbird", "good.example", "autoconfig", 150, 300},
    {"thunderbird", "blocked.example", "ispdb", 5000, 5500},
    {"thunderbird", "usual.example", "guess", 17000, 24000},
    {"thunderbird", "silent.example", "", 16000, 24000},
    {"thunderbird-android", "good.example", "autoconfig", 150, 300},
    {"thunderbird-android", "blocked.example", "ispdb", 10000, 10500},
    {"thunderbird-android", "usual.example", "", 10000, 40000},
    {"thunderbird-android", "silent.example", "", 10000, 40000},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(others)

BOOST_DATA_TEST_CASE(each_client_finds_what_it_looks_for_in_its_time, rows, row) {
  const auto prediction = played(worlds(), row.client, about(row.domain));
  BOOST_TEST(prediction.ended);
  BOOST_TEST(prediction.found_by == row.found_by);
  BOOST_TEST(prediction.found == (*row.found_by != '\0'), prediction.reason);
  const auto took = prediction.elapsed.count() / 1000;
  BOOST_TEST(took >= row.at_least_ms);
  BOOST_TEST(took <= row.at_most_ms);
}

BOOST_AUTO_TEST_CASE(every_client_has_a_row) {
  for (const auto& facts : clients::known_clients()) {
    const bool listed = std::ranges::any_of(rows, [&](const Row& row) { return facts.client.name == row.client; });
    BOOST_TEST(listed, facts.client.name);
  }
}

BOOST_AUTO_TEST_CASE(all_at_once_come_to_what_each_alone_comes_to) {
  simulated::SimulatedNetwork network(worlds());
  SharedNetwork shared(network, manners_of_clients({}));
  std::uint32_t owner = 1;
  auto simulations = simulations_of({}, about("good.example"));
  const auto together = run_simulations(shared, owner, std::move(simulations.value()), play_time, {});
  BOOST_REQUIRE(together.size() == clients::known_clients().size());
  for (const auto& prediction : together) {
    const auto alone = played(worlds(), prediction.client.name, about("good.example"));
    BOOST_TEST_CONTEXT(prediction.client.name) {
      BOOST_TEST(prediction.found_by == alone.found_by);
      BOOST_TEST((prediction.incoming == alone.incoming));
      // Who asks what another has asked may save the look-up of a name, or wait for that of the other.
      BOOST_TEST(std::abs((prediction.elapsed - alone.elapsed).count()) <= 100'000);
    }
  }
}

// Every client, with every one of its questions in turn answered by nobody or with trouble.
BOOST_AUTO_TEST_CASE(whatever_fails_every_client_comes_to_an_end_and_leaves_nothing_open) {
  const std::optional<Answer> troubles[]{std::nullopt, Failure{FailureKind::dns_failure, "SERVFAIL"}};
  for (const auto& facts : clients::known_clients()) {
    for (const auto* domain : {"good.example", "exchange.example"}) {
      const auto whole = played(worlds(), facts.client.name, about(domain)).requests.size();
      for (std::size_t index = 0; index < whole; ++index) {
        const auto& trouble = troubles[index % 2];
        simulated::SimulatedNetwork network(worlds());
        network.interfere(index, trouble);
        SharedNetwork shared(network, manners_of_clients({}));
        std::uint32_t owner = 1;
        auto simulations = simulations_of({{facts.client.name}, false}, about(domain));
        const auto prediction = run_simulations(shared, owner, std::move(simulations.value()), play_time, {}).front();
        BOOST_TEST_CONTEXT(facts.client.name << " on " << domain << " without answer " << index) {
          BOOST_TEST(prediction.ended);
          BOOST_TEST(network.outstanding() == 0U);
          BOOST_TEST(prediction.found == prediction.reason.empty());
          for (const auto& request : prediction.requests) BOOST_TEST(!request.answer.empty(), request.request);
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(the_order_in_which_answers_come_changes_no_choice) {
  for (const auto& facts : clients::known_clients()) {
    if (facts.settles == clients::Settles::first) continue;
    const auto usual = played(worlds(), facts.client.name, about("good.example"));
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U}) {
      simulated::SimulatedNetwork network(worlds());
      network.shuffle(seed, std::chrono::milliseconds(40));
      SharedNetwork shared(network, manners_of_clients({}));
      std::uint32_t owner = 1;
      auto simulations = simulations_of({{facts.client.name}, false}, about("good.example"));
      const auto shuffled = run_simulations(shared, owner, std::move(simulations.value()), play_time, {}).front();
      BOOST_TEST(shuffled.found_by == usual.found_by, facts.client.name);
      BOOST_TEST((shuffled.incoming == usual.incoming), facts.client.name);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
