// Many names behind one address, and many questions for one name server, in virtual time: how much is asked at once.
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "driver/many.h"
#include "driver/shared_network.h"
#include "driver/watched_network.h"
#include "support/simulated_network.h"
#include "support/world_reader.h"

using namespace mailconf;
using namespace std::chrono_literals;

namespace {

// All customers' names lead to one machine, but those of the twins: theirs have an address in common.
const std::string world = R"(
[network]
think-ms = 0
name-timeout-ms = 1000
[zone."customers.example"]
"* A" = "203.0.113.80"
"left A" = ["203.0.113.1", "203.0.113.2"]
"right A" = ["203.0.113.2", "203.0.113.3"]
"elsewhere A" = "203.0.113.3"
"lost A" = "timeout"
"failing A" = "servfail"
[host.machine]
addresses = ["203.0.113.80"]
certificate = { names = ["*.customers.example"] }
default-status = 404
[host.others]
addresses = ["203.0.113.1", "203.0.113.2", "203.0.113.3"]
other-ports = "drop"
)";

Question page_of(const std::string& name) {
  return HttpQuestion{*Url::parse("https://" + name + ".customers.example/")};
}

constexpr Instant end = 60s;

struct Street {
  explicit Street(const SharedNetwork::Manners& manners = {})
      : simulated(simulated::world_from(world)), watched(simulated), shared(watched, manners) {}

  std::vector<Answer> answers() {
    std::vector<Answer> all;
    for (auto arrived = shared.wait_until(end); !arrived.empty(); arrived = shared.wait_until(end)) {
      for (auto& each : arrived) all.push_back(std::move(each.answer));
    }
    return all;
  }
  void ask_customers(std::uint32_t count) {
    for (std::uint32_t owner = 0; owner < count; ++owner)
      shared.start({owner, 1}, page_of(fmt::format("c{}", owner)), 5s);
  }

  simulated::SimulatedNetwork simulated;
  testing::WatchedNetwork watched;
  SharedNetwork shared;
};

SharedNetwork::Manners one_at_an_address() {
  SharedNetwork::Manners manners;
  manners.at_one_address = 1;
  return manners;
}

std::size_t looked_up(const Street& street) {
  return static_cast<std::size_t>(
      std::ranges::count_if(street.watched.started, [](const auto& target) { return target.starts_with("A/AAAA"); }));
}

FailureKind kind(const Answer& answer) { return std::get<Failure>(answer).kind; }

}  // namespace

BOOST_AUTO_TEST_SUITE(politeness)

BOOST_AUTO_TEST_CASE(a_machine_behind_many_names_has_four_connections_at_a_time_and_all_get_their_turn) {
  Street street;
  street.ask_customers(50);
  const auto answers = street.answers();
  BOOST_TEST(answers.size() == 50U);
  for (const auto& answer : answers) BOOST_TEST(std::holds_alternative<HttpAnswer>(answer));
  BOOST_TEST(street.watched.most_in_all == 4U);
  BOOST_TEST(street.simulated.most_sockets_to_one_address() == 4U);
}

BOOST_AUTO_TEST_CASE(how_many_is_for_the_caller_to_say) {
  Batch batch;
  batch.connections_per_address = 9;
  Street street(manners_of(batch, {}));
  street.ask_customers(50);
  street.answers();
  BOOST_TEST(street.simulated.most_sockets_to_one_address() == 9U);
}

BOOST_AUTO_TEST_CASE(who_waits_for_an_address_loses_no_time_of_its_own) {
  Street street(one_at_an_address());
  for (const std::uint32_t owner : {1U, 2U}) street.shared.start({owner, 1}, page_of("left"), 1s);
  street.shared.start({3, 1}, page_of("right"), 1s);
  BOOST_TEST(street.answers().size() == 3U);
  // A name takes 50 ms, of everybody's time.
  BOOST_TEST((street.shared.waited(3) == 950ms));
  BOOST_TEST((street.simulated.now() == end));
}

BOOST_AUTO_TEST_CASE(a_host_counts_at_each_of_its_addresses) {
  for (const auto& [first, second, together] :
       {std::tuple("left", "right", 1U), std::tuple("right", "elsewhere", 1U), std::tuple("left", "elsewhere", 2U)}) {
    Street street(one_at_an_address());
    street.shared.start({1, 1}, page_of(first), 1s);
    street.shared.start({2, 1}, page_of(second), 1s);
    street.answers();
    BOOST_TEST(street.watched.most_in_all == together, first);
  }
}

BOOST_AUTO_TEST_CASE(a_place_of_which_one_address_is_full_takes_none_of_the_others) {
  Street street(one_at_an_address());
  street.shared.start({1, 1}, page_of("left"), 5s);
  street.shared.start({2, 1}, page_of("right"), 5s);
  street.shared.start({3, 1}, page_of("elsewhere"), 5s);
  street.shared.wait_until(1s);
  BOOST_TEST(street.watched.times_asked("https://right.customers.example/") == 0);
  BOOST_TEST(street.watched.times_asked("https://elsewhere.customers.example/") == 1);
}

BOOST_AUTO_TEST_CASE(where_a_host_is_said_to_be_its_address_is_not_asked_for) {
  SharedNetwork::Manners manners;
  for (int number = 0; number < 20; ++number)
    manners.connect_to.push_back({fmt::format("C{}.customers.example", number), 443, "127.0.0.1", 8443});
  Street street(manners);
  street.ask_customers(20);
  BOOST_TEST(street.answers().size() == 20U);
  BOOST_TEST(street.watched.most_in_all == 4U);
  BOOST_TEST(looked_up(street) == 0U);
}

BOOST_AUTO_TEST_CASE(behind_a_proxy_no_name_is_looked_up) {
  ResolverOptions options;
  options.proxy = "socks5h://192.0.2.1:1080";
  Street street(manners_of({}, options));
  street.ask_customers(20);
  street.answers();
  BOOST_TEST(looked_up(street) == 0U);
}

BOOST_AUTO_TEST_CASE(an_address_that_is_written_out_counts_without_being_asked_for) {
  Street street(one_at_an_address());
  street.shared.start({1, 1}, HttpQuestion{*Url::parse("https://203.0.113.3/")}, 1s);
  street.shared.start({2, 1}, page_of("elsewhere"), 1s);
  street.answers();
  BOOST_TEST(street.watched.most_in_all == 1U);
  BOOST_TEST(looked_up(street) == 1U);
}

BOOST_AUTO_TEST_CASE(a_name_that_cannot_be_asked_for_fails_as_it_does_for_one_alone) {
  for (const auto& [name, expected] :
       {std::pair("lost", FailureKind::dns_timeout), std::pair("failing", FailureKind::dns_failure)}) {
    Street street;
    street.shared.start({1, 1}, page_of(name), 10s);
    const auto answers = street.answers();
    BOOST_REQUIRE(answers.size() == 1U);
    BOOST_TEST((kind(answers.front()) == expected), name);
  }
}

BOOST_AUTO_TEST_CASE(a_question_that_is_cancelled_while_its_name_is_looked_up_leaves_nothing) {
  Street street;
  street.shared.start({1, 1}, page_of("lost"), 10s);
  street.shared.cancel({1, 1});
  BOOST_TEST(street.watched.out() == 0U);
  BOOST_TEST(street.answers().empty());
}

BOOST_AUTO_TEST_CASE(a_name_server_has_no_more_than_64_questions_before_it) {
  Street street;
  for (std::uint32_t owner = 0; owner < 300; ++owner)
    street.shared.start({owner, 1}, DnsQuestion{RecordType::mx, fmt::format("m{}.customers.example", owner)}, 1s);
  street.ask_customers(100);
  BOOST_TEST(street.answers().size() == 400U);
  BOOST_TEST(street.watched.most_to_name_server == 64U);
}

BOOST_AUTO_TEST_SUITE_END()
