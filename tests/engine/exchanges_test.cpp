#include "engine/exchanges.h"

#include <boost/test/unit_test.hpp>

#include "protocol/limits.h"

using namespace mailconf;

namespace {

Question http(const std::string& host) { return HttpQuestion{*Url::parse("https://" + host + "/x")}; }
Question port() { return ProbeQuestion{ServerType::imap, "imap.example.org", 993, SocketType::ssl}; }
Question dns(const char* name) { return DnsQuestion{RecordType::mx, name}; }

constexpr auto always = [](Exchanges::Id) { return true; };
constexpr auto late = [](Exchanges::Id) { return Instant(1'000'000); };

HttpAnswer moved(const char* location) {
  HttpAnswer answer;
  answer.status = 301;
  answer.location = location;
  return answer;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(exchanges)

BOOST_AUTO_TEST_CASE(equal_questions_go_out_once) {
  Exchanges exchanges;
  const auto first = exchanges.ask(dns("example.org"), 3);
  BOOST_TEST(exchanges.ask(dns("example.org"), 5) == first);
  BOOST_TEST(exchanges.start(Instant(0), always, late).size() == 1U);
  BOOST_TEST(exchanges.start(Instant(0), always, late).empty());
}

BOOST_AUTO_TEST_CASE(at_most_sixteen_connections_are_out_at_once_and_the_urgent_go_first) {
  Exchanges exchanges;
  for (int i = 0; i < 20; ++i) exchanges.ask(http("h" + std::to_string(i) + ".example"), 5);
  const auto urgent = exchanges.ask(http("proof.example"), 0);
  exchanges.ask(dns("example.org"), 9);
  const auto starts = exchanges.start(Instant(0), always, late);
  BOOST_TEST(starts.size() == limits::sockets_per_resolution + 1);  // names need no connection
  BOOST_TEST((starts.front().question == exchanges[urgent].question));
  exchanges.on_answer(starts.front().number, HttpAnswer{}, Instant(10));
  BOOST_TEST(exchanges.start(Instant(10), always, late).size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_redirect_goes_out_again_under_the_same_deadline) {
  Exchanges exchanges;
  const auto id = exchanges.ask(http("a.example"), 1);
  const auto first = exchanges.start(Instant(0), always, late);
  BOOST_TEST(!exchanges.on_answer(first[0].number, moved("https://b.example/y"), Instant(5)).has_value());
  const auto second = exchanges.start(Instant(5), always, [](Exchanges::Id) { return Instant(9'000'000); });
  BOOST_REQUIRE(second.size() == 1U);
  BOOST_TEST((second[0].question == Question(HttpQuestion{*Url::parse("https://b.example/y")})));
  BOOST_TEST((second[0].deadline == Instant(1'000'000)));
  BOOST_TEST(exchanges.on_answer(second[0].number, HttpAnswer{}, Instant(9)).value() == id);
  BOOST_TEST(exchanges[id].redirects.size() == 1U);
}

BOOST_AUTO_TEST_CASE(E8_what_was_posted_is_posted_again_where_a_redirect_leads) {
  Exchanges exchanges;
  exchanges.ask(HttpQuestion{*Url::parse("https://a.example/x"), "<a/>"}, 1);
  const auto first = exchanges.start(Instant(0), always, late);
  exchanges.on_answer(first[0].number, moved("https://b.example/y"), Instant(5));
  const auto second = exchanges.start(Instant(5), always, late);
  BOOST_REQUIRE(second.size() == 1U);
  BOOST_TEST((second[0].question == Question(HttpQuestion{*Url::parse("https://b.example/y"), "<a/>"})));
}

BOOST_AUTO_TEST_CASE(a_redirect_that_is_not_to_be_followed_is_the_answer) {
  Exchanges exchanges;
  const auto id = exchanges.ask(HttpQuestion{*Url::parse("https://a.example/x"), "", false}, 1);
  const auto starts = exchanges.start(Instant(0), always, late);
  BOOST_TEST(exchanges.on_answer(starts[0].number, moved("https://b.example/y"), Instant(5)).value() == id);
  BOOST_TEST(std::get<HttpAnswer>(*exchanges[id].answer).location == "https://b.example/y");
}

BOOST_AUTO_TEST_CASE(what_is_beside_the_mail_says_nothing_about_the_pace) {
  Exchanges exchanges;
  exchanges.ask(http("a.example"), Exchanges::beside);
  const auto starts = exchanges.start(Instant(0), always, late);
  exchanges.on_answer(starts[0].number, HttpAnswer{}, Instant(900'000));
  BOOST_TEST((exchanges.slowest() == Duration::zero()));
}

BOOST_AUTO_TEST_CASE(an_answer_to_a_number_that_is_not_out_is_ignored) {
  Exchanges exchanges;
  const auto id = exchanges.ask(http("a.example"), 1);
  const auto starts = exchanges.start(Instant(0), always, late);
  BOOST_TEST(exchanges.drop(id).value() == starts[0].number);
  BOOST_TEST(!exchanges.on_answer(starts[0].number, HttpAnswer{}, Instant(5)).has_value());
}

BOOST_AUTO_TEST_CASE(a_dropped_question_that_is_asked_again_goes_out_again) {
  Exchanges exchanges;
  const auto id = exchanges.ask(http("a.example"), 4);
  exchanges.start(Instant(0), always, late);
  exchanges.drop(id);
  BOOST_TEST(exchanges.open().empty());
  BOOST_TEST(exchanges.ask(http("a.example"), 0) == id);
  BOOST_TEST(exchanges.start(Instant(7), always, late).size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_guess_without_an_answer_that_became_a_proof_meanwhile_goes_out_again_once) {
  const Failure silence{FailureKind::timed_out, ""};
  Exchanges exchanges;
  const auto id = exchanges.ask(port(), 12);
  auto starts = exchanges.start(Instant(0), always, late);
  exchanges.ask(port(), 0);
  BOOST_TEST(!exchanges.on_answer(starts[0].number, silence, Instant(5)).has_value());
  starts = exchanges.start(Instant(5), always, late);
  BOOST_REQUIRE(starts.size() == 1U);
  BOOST_TEST(exchanges.on_answer(starts[0].number, silence, Instant(9)).value() == id);
}

BOOST_AUTO_TEST_CASE(a_guess_that_had_no_answer_is_no_proof_of_silence) {
  Exchanges exchanges;
  exchanges.ask(port(), 12);
  const auto starts = exchanges.start(Instant(0), always, late);
  const auto id = exchanges.on_answer(starts[0].number, Failure{FailureKind::timed_out, ""}, Instant(5)).value();
  exchanges.ask(port(), 12);
  BOOST_TEST(exchanges.start(Instant(6), always, late).empty());
  exchanges.ask(port(), 0);
  BOOST_TEST(!exchanges[id].answer.has_value());
  BOOST_TEST(exchanges.start(Instant(6), always, late).size() == 1U);
}

BOOST_AUTO_TEST_CASE(timeouts_say_nothing_about_the_pace_and_prove_no_network) {
  Exchanges exchanges;
  exchanges.ask(http("a.example"), 1);
  auto starts = exchanges.start(Instant(0), always, late);
  exchanges.on_answer(starts[0].number, Failure{FailureKind::timed_out, ""}, Instant(4'000'000));
  BOOST_TEST((exchanges.slowest() == Duration::zero()));
  BOOST_TEST(!exchanges.heard_anything());
  exchanges.ask(http("b.example"), 1);
  starts = exchanges.start(Instant(4'000'000), always, late);
  exchanges.on_answer(starts[0].number, HttpAnswer{}, Instant(4'200'000));
  BOOST_TEST((exchanges.slowest() == Duration(200'000)));
  BOOST_TEST(exchanges.heard_anything());
}

BOOST_AUTO_TEST_CASE(H19_what_a_proxy_keeps_back_proves_no_network) {
  Exchanges exchanges;
  exchanges.ask(http("a.example"), 1);
  exchanges.ask(http("b.example"), 1);
  const auto starts = exchanges.start(Instant(0), always, late);
  exchanges.on_answer(starts[0].number, Failure{FailureKind::proxy_failed, "407"}, Instant(1));
  exchanges.on_answer(starts[1].number, Failure{FailureKind::not_asked, ""}, Instant(1));
  BOOST_TEST(!exchanges.heard_anything());
}

BOOST_AUTO_TEST_SUITE_END()
