#include "driver/answer_memory.h"

#include <boost/test/unit_test.hpp>

using namespace mailconf;
using namespace std::chrono_literals;

namespace {

Question question(int number) { return DnsQuestion{RecordType::mx, std::to_string(number) + ".example"}; }

AnswerMemory::Remembered document(std::size_t octets) {
  HttpAnswer answer;
  answer.body = std::string(octets, 'x');
  return {answer, 5ms};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(answer_memory)

BOOST_AUTO_TEST_CASE(an_answer_is_remembered_with_the_time_it_took_until_its_time_is_over) {
  AnswerMemory memory({10, 1000, 60s});
  memory.keep(question(1), {DnsAnswer{}, 7ms}, 10s);
  const auto* kept = memory.recall(question(1), 70s);
  BOOST_REQUIRE(kept);
  BOOST_TEST((kept->took == 7ms));
  BOOST_TEST(!memory.recall(question(2), 70s));
  BOOST_TEST(!memory.recall(question(1), 71s));
  BOOST_TEST(memory.size() == 0U);
}

BOOST_AUTO_TEST_CASE(the_answer_not_wanted_for_longest_makes_room) {
  AnswerMemory memory({2, 1000, 60s});
  memory.keep(question(1), {DnsAnswer{}, 0s}, 0s);
  memory.keep(question(2), {DnsAnswer{}, 0s}, 0s);
  BOOST_TEST(memory.recall(question(1), 1s));
  memory.keep(question(3), {DnsAnswer{}, 0s}, 1s);
  BOOST_TEST(memory.recall(question(1), 1s));
  BOOST_TEST(!memory.recall(question(2), 1s));
  BOOST_TEST(memory.recall(question(3), 1s));
}

BOOST_AUTO_TEST_CASE(documents_are_bounded_by_their_octets_together) {
  AnswerMemory memory({10, 1000, 60s});
  memory.keep(question(1), document(600), 0s);
  memory.keep(question(2), document(600), 0s);
  BOOST_TEST(!memory.recall(question(1), 0s));
  BOOST_TEST(memory.recall(question(2), 0s));
  memory.keep(question(2), document(300), 0s);
  memory.keep(question(3), document(600), 0s);
  BOOST_TEST(memory.size() == 2U);
}

BOOST_AUTO_TEST_CASE(what_need_not_come_again_is_not_kept) {
  AnswerMemory memory({10, 1000, 60s});
  for (const auto kind :
       {FailureKind::timed_out, FailureKind::dns_timeout, FailureKind::dns_failure, FailureKind::unreachable,
        FailureKind::offline, FailureKind::proxy_failed, FailureKind::not_asked}) {
    memory.keep(question(1), {Failure{kind, ""}, 0s}, 0s);
    BOOST_TEST(memory.size() == 0U, to_string(kind));
  }
  memory.keep(question(1), {Failure{FailureKind::refused, ""}, 0s}, 0s);
  BOOST_TEST(memory.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
