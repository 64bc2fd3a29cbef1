// Several askers on one network, in virtual time: who asks, who only listens, and who waits for a turn.
#include "driver/shared_network.h"

#include <boost/test/unit_test.hpp>

#include "driver/watched_network.h"
#include "support/simulated_network.h"
#include "support/world_reader.h"

using namespace mailconf;
using namespace std::chrono_literals;

namespace {

// A document takes a name, TCP, TLS and a request: 200 ms; "silent" never answers.
const std::string world = R"(
[network]
round-trip-ms = 50
think-ms = 0
[zone."example.org"]
"slow MX" = "timeout"
"@ MX" = "10 mx.example.org"
[host.web]
names = ["web.example.org"]
addresses = ["203.0.113.80"]
default-status = 404
[host.silent]
names = ["silent.example.org"]
addresses = ["203.0.113.81"]
[host.silent.ports]
443 = "drop"
)";

Question page(const std::string& path, const std::string& host = "web") {
  return HttpQuestion{*Url::parse("https://" + host + ".example.org" + path)};
}

constexpr Instant end = 60s;

// What several names have in common is for politeness_test.cpp.
SharedNetwork::Manners by_name_alone() {
  SharedNetwork::Manners manners;
  manners.by_address = false;
  return manners;
}

struct Desk {
  explicit Desk(SharedNetwork::Manners manners = by_name_alone())
      : simulated(simulated::world_from(world)), watched(simulated), shared(watched, manners) {}

  // The tickets in the order of their answers, each with its time and answer.
  struct Reply {
    Ticket ticket;
    Instant at;
    Answer answer;
  };
  std::vector<Reply> replies_until(Instant until) {
    std::vector<Reply> replies;
    while (shared.now() < until) {
      for (const auto& each : shared.wait_until(until)) replies.push_back({each.ticket, shared.now(), each.answer});
    }
    return replies;
  }

  simulated::SimulatedNetwork simulated;
  testing::WatchedNetwork watched;
  SharedNetwork shared;
};

FailureKind kind(const Desk::Reply& reply) { return std::get<Failure>(reply.answer).kind; }

SharedNetwork::Manners one_at_a_time(Duration patience) {
  auto manners = by_name_alone();
  manners.at_one_host = 1;
  manners.patience = patience;
  return manners;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(shared_network)

BOOST_AUTO_TEST_CASE(equal_questions_under_way_are_asked_once_and_each_asker_is_answered_at_its_own_pace) {
  Desk desk;
  desk.shared.start({1, 1}, page("/a"), end);
  BOOST_TEST(desk.replies_until(30ms).empty());
  desk.shared.start({2, 1}, page("/a"), end);
  const auto replies = desk.replies_until(1s);
  BOOST_REQUIRE(replies.size() == 2U);
  BOOST_TEST((replies[0].ticket == Ticket{1, 1} && replies[0].at == 200ms));
  BOOST_TEST((replies[1].ticket == Ticket{2, 1} && replies[1].at == 230ms));
  BOOST_TEST((replies[0].answer == replies[1].answer));
  BOOST_TEST(desk.watched.started.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_remembered_answer_takes_as_long_as_the_first_time) {
  Desk desk;
  desk.shared.start({1, 1}, page("/a"), end);
  desk.replies_until(1s);
  desk.shared.start({2, 1}, page("/a"), end);
  const auto replies = desk.replies_until(2s);
  BOOST_REQUIRE(replies.size() == 1U);
  BOOST_TEST((replies[0].at == 1200ms));
  BOOST_TEST(desk.watched.started.size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_is_remembered_is_forgotten_in_the_end) {
  Desk desk;
  desk.shared.start({1, 1}, page("/a"), end);
  desk.replies_until(1s);
  desk.replies_until(timing::remembered + 2s);
  desk.shared.start({2, 1}, page("/a"), desk.shared.now() + 10s);
  desk.replies_until(desk.shared.now() + 10s);
  BOOST_TEST(desk.watched.started.size() == 2U);
}

BOOST_AUTO_TEST_CASE(questions_that_could_hold_an_address_are_never_shared) {
  for (const char* path : {"/a?emailaddress=alice%40example.org", "/alice@example.org", "/alice%40example.org"}) {
    Desk desk;
    for (const std::uint32_t owner : {1U, 2U}) desk.shared.start({owner, 1}, page(path), end);
    desk.replies_until(1s);
    desk.shared.start({3, 1}, page(path), end);
    desk.replies_until(2s);
    BOOST_TEST(desk.watched.started.size() == 3U, path);
  }
}

BOOST_AUTO_TEST_CASE(who_leaves_takes_the_question_along_only_when_nobody_else_waits) {
  Desk desk;
  for (const std::uint32_t owner : {1U, 2U}) desk.shared.start({owner, 1}, page("/a"), end);
  desk.shared.cancel({1, 1});
  BOOST_TEST(desk.watched.out() == 1U);
  desk.shared.cancel({2, 1});
  BOOST_TEST(desk.watched.out() == 0U);
  BOOST_TEST(desk.replies_until(1s).empty());
}

BOOST_AUTO_TEST_CASE(an_answer_on_its_way_can_be_cancelled) {
  Desk desk;
  desk.shared.start({1, 1}, page("/a"), end);
  desk.replies_until(1s);
  desk.shared.start({2, 1}, page("/a"), end);
  desk.shared.cancel({2, 1});
  BOOST_TEST(desk.replies_until(2s).empty());
}

BOOST_AUTO_TEST_CASE(each_asker_has_its_own_deadline) {
  Desk desk;
  desk.shared.start({1, 1}, page("/", "silent"), 3s);
  desk.shared.start({2, 1}, page("/", "silent"), 1s);
  const auto replies = desk.replies_until(5s);
  BOOST_REQUIRE(replies.size() == 2U);
  BOOST_TEST((replies[0].ticket == Ticket{2, 1} && replies[0].at == 1s));
  BOOST_TEST((replies[1].ticket == Ticket{1, 1} && replies[1].at == 3s));
  for (const auto& reply : replies) BOOST_TEST((kind(reply) == FailureKind::timed_out));
}

BOOST_AUTO_TEST_CASE(the_time_out_of_one_is_not_that_of_who_joined_later) {
  Desk desk;
  desk.shared.start({1, 1}, page("/", "silent"), 1s);
  desk.shared.start({2, 1}, page("/", "silent"), 3s);
  const auto replies = desk.replies_until(5s);
  BOOST_REQUIRE(replies.size() == 2U);
  BOOST_TEST((replies[0].ticket == Ticket{1, 1} && replies[0].at == 1s));
  BOOST_TEST((replies[1].ticket == Ticket{2, 1} && replies[1].at == 3s));
  BOOST_TEST(desk.watched.started.size() == 2U);
}

BOOST_AUTO_TEST_CASE(questions_to_one_host_take_turns_and_those_to_the_dns_do_not) {
  Desk desk;
  for (std::uint32_t number = 0; number < 20; ++number)
    desk.shared.start({number, 1}, page("/" + std::to_string(number)), end);
  for (std::uint32_t number = 0; number < 20; ++number)
    desk.shared.start({number, 2}, DnsQuestion{RecordType::mx, "d" + std::to_string(number) + ".example.org"}, end);
  BOOST_TEST(desk.replies_until(5s).size() == 40U);
  BOOST_TEST(desk.watched.most_at_one_host == limits::connections_per_host);
  BOOST_TEST(desk.watched.started.size() == 40U);
}

BOOST_AUTO_TEST_CASE(there_is_a_limit_of_connections_in_all) {
  auto manners = by_name_alone();
  manners.in_all = 3;
  Desk desk(manners);
  for (std::uint32_t number = 0; number < 5; ++number) {
    desk.shared.start({number, 1}, page("/" + std::to_string(number)), end);
    desk.shared.start({number, 2}, page("/" + std::to_string(number), "silent"), 2s);
  }
  desk.replies_until(20s);
  BOOST_TEST(desk.watched.most_in_all == 3U);
  BOOST_TEST(desk.watched.started.size() == 10U);
}

BOOST_AUTO_TEST_CASE(waiting_for_a_turn_moves_the_deadline_and_stops_the_clock_of_who_waits) {
  Desk desk(one_at_a_time(60s));
  desk.shared.start({1, 1}, page("/1", "silent"), 1s);
  desk.shared.start({2, 1}, page("/2", "silent"), 1s);
  BOOST_TEST(desk.shared.is_waiting(2));
  BOOST_TEST(!desk.shared.is_waiting(1));
  const auto replies = desk.replies_until(3s);
  BOOST_REQUIRE(replies.size() == 2U);
  BOOST_TEST((replies[1].ticket == Ticket{2, 1} && replies[1].at == 2s));
  BOOST_TEST((desk.shared.waited(2) == 1s));
  BOOST_TEST((desk.shared.waited(1) == 0s));
  BOOST_TEST(!desk.shared.is_waiting(2));
}

BOOST_AUTO_TEST_CASE(who_waits_beyond_all_patience_is_told_that_nobody_was_asked) {
  Desk desk(one_at_a_time(500ms));
  desk.shared.start({1, 1}, page("/1", "silent"), 5s);
  desk.shared.start({2, 1}, page("/2", "silent"), 5s);
  const auto replies = desk.replies_until(1s);
  BOOST_REQUIRE(replies.size() == 1U);
  BOOST_TEST((replies[0].ticket == Ticket{2, 1} && replies[0].at == 500ms));
  BOOST_TEST((kind(replies[0]) == FailureKind::not_asked));
  BOOST_TEST(desk.watched.started.size() == 1U);
  BOOST_TEST(!desk.shared.is_waiting(2));
}

BOOST_AUTO_TEST_CASE(who_leaves_the_queue_waits_no_longer_and_never_asks) {
  Desk desk(one_at_a_time(60s));
  desk.shared.start({1, 1}, page("/1", "silent"), 1s);
  desk.shared.start({2, 1}, page("/2", "silent"), 1s);
  desk.shared.start({2, 2}, page("/3"), 1s);
  desk.shared.cancel({2, 1});
  BOOST_TEST(!desk.shared.is_waiting(2));
  desk.replies_until(3s);
  BOOST_TEST(desk.watched.times_asked("https://silent.example.org/2") == 0);
  BOOST_TEST(desk.watched.times_asked("https://web.example.org/3") == 1);
}

BOOST_AUTO_TEST_CASE(a_place_that_becomes_free_by_leaving_is_taken_at_once) {
  Desk desk(one_at_a_time(60s));
  desk.shared.start({1, 1}, page("/1", "silent"), 5s);
  desk.shared.start({2, 1}, page("/2", "silent"), 5s);
  desk.shared.cancel({1, 1});
  BOOST_TEST(desk.watched.times_asked("https://silent.example.org/2") == 1);
}

BOOST_AUTO_TEST_CASE(waking_ends_the_waiting_without_an_answer) {
  Desk desk;
  desk.shared.start({1, 1}, page("/", "silent"), 5s);
  desk.simulated.at(300ms, [&] { desk.shared.wake(); });
  BOOST_TEST(desk.shared.wait_until(5s).empty());
  BOOST_TEST((desk.shared.now() == 300ms));
}

BOOST_AUTO_TEST_SUITE_END()
