// Looking up where mail goes: what is remembered, and what a flood of questions may cost.
#include "server/mx/mail_exchangers.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <future>
#include <thread>

#include "server/fake_mx.h"
#include "server/mx/resolver_pool.h"
#include "support/dns_server.h"

namespace mailconf::testing {
namespace {

using namespace std::chrono_literals;
using boost::test_tools::per_element;
using server::MailExchanger;
using server::MailExchangers;
using server::MxLimits;
using Names = std::vector<std::string>;

DomainName name(const std::string& text) { return *DomainName::parse(text); }

// "found mx.example.net", "absent", …
std::string line(const MailExchanger& exchanger) {
  const std::string outcome(to_string(exchanger.outcome));
  return exchanger.host ? outcome + " " + exchanger.host->ascii() : outcome;
}

// Nobody waits for a place, so that a refusal comes at once.
MxLimits impatient() {
  MxLimits limits;
  limits.wait = 0ms;
  return limits;
}

// What a test releases comes before this is over.
MxLimits patient() {
  MxLimits limits;
  limits.wait = 20s;
  return limits;
}

// Exchangers on a clock that the test moves.
template <class Lookup>
struct Asking {
  explicit Asking(const MxLimits& limits = {}) : exchangers(lookup, limits, [this] { return now.load(); }) {}
  ~Asking() { exchangers.stop(); }

  std::string ask(const std::string& domain) { return line(exchangers.of(name(domain))); }
  std::future<std::string> ask_meanwhile(const std::string& domain) {
    return std::async(std::launch::async, [this, domain] { return ask(domain); });
  }
  void advance(std::chrono::seconds time) { now = now.load() + time; }
  void wait_for_waiting(std::size_t count) const {
    while (exchangers.waiting() < count) std::this_thread::yield();
  }

  std::shared_ptr<Lookup> lookup = std::make_shared<Lookup>();
  std::atomic<MailExchangers::Instant> now = MailExchangers::Instant{};
  MailExchangers exchangers;
};

class Failing : public FakeMx {
 public:
  MailHosts look_up(const DomainName& domain, const std::stop_token& stop) override {
    FakeMx::look_up(domain, stop);
    throw std::bad_alloc();
  }
};

void expect_asked_again_after(Asking<FakeMx>& asking, std::chrono::seconds time) {
  const auto first = asking.ask("example.org");
  asking.advance(time - 1s);
  BOOST_TEST(asking.ask("example.org") == first);
  BOOST_TEST(asking.lookup->questions().size() == 1U);
  asking.advance(1s);
  BOOST_TEST(asking.ask("example.org") == first);
  BOOST_TEST(asking.lookup->questions().size() == 2U);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(mail_exchangers)

BOOST_AUTO_TEST_CASE(the_most_preferred_host_is_what_counts) {
  Asking<FakeMx> asking;
  asking.lookup->mail_goes_to("example.org", {"a.example.net", "b.example.net"});
  BOOST_TEST(asking.ask("example.org") == "found a.example.net");
}

BOOST_AUTO_TEST_CASE(a_host_is_remembered_for_ten_minutes) {
  Asking<FakeMx> asking;
  asking.lookup->mail_goes_to("example.org", {"mx.example.net"});
  expect_asked_again_after(asking, 10min);
}

BOOST_AUTO_TEST_CASE(an_absence_is_remembered_for_one_minute) {
  Asking<FakeMx> asking;
  expect_asked_again_after(asking, 1min);
}

BOOST_AUTO_TEST_CASE(an_unknown_answer_is_remembered_for_seconds_only) {
  Asking<FakeMx> asking;
  asking.lookup->cannot_be_asked("example.org");
  expect_asked_again_after(asking, 5s);
}

BOOST_AUTO_TEST_CASE(only_so_many_names_are_remembered_and_the_longest_unused_is_forgotten_first) {
  MxLimits limits;
  limits.names = 2;
  Asking<FakeMx> asking(limits);
  for (const auto* domain : {"a.example", "b.example", "a.example", "c.example"}) asking.ask(domain);
  BOOST_TEST(asking.exchangers.remembered() == 2U);
  asking.ask("a.example");
  BOOST_TEST(asking.lookup->questions() == (Names{"a.example", "b.example", "c.example"}), per_element());
  asking.ask("b.example");
  BOOST_TEST(asking.lookup->questions().size() == 4U);
}

BOOST_AUTO_TEST_CASE(equal_questions_are_asked_once) {
  Asking<HeldMx> asking(patient());
  asking.lookup->mail_goes_to("example.org", {"mx.example.net"});
  auto first = asking.ask_meanwhile("example.org");
  asking.lookup->wait_for(1);
  auto second = asking.ask_meanwhile("example.org");
  auto third = asking.ask_meanwhile("example.org");
  asking.wait_for_waiting(2);
  asking.lookup->release(1);
  for (auto* answer : {&first, &second, &third}) BOOST_TEST(answer->get() == "found mx.example.net");
  BOOST_TEST(asking.lookup->questions() == Names{"example.org"}, per_element());
}

BOOST_AUTO_TEST_CASE(who_finds_no_place_in_time_is_told_unknown_and_nothing_is_asked) {
  auto limits = impatient();
  limits.at_once = 2;
  Asking<HeldMx> asking(limits);
  auto first = asking.ask_meanwhile("a.example");
  auto second = asking.ask_meanwhile("b.example");
  asking.lookup->wait_for(2);
  BOOST_TEST(asking.ask("c.example") == "unknown");
  asking.lookup->release_all();
  BOOST_TEST(first.get() == "absent");
  BOOST_TEST(second.get() == "absent");
  BOOST_TEST(asking.lookup->questions().size() == 2U);
  BOOST_TEST(asking.ask("c.example") == "absent");  // having found no place is not remembered
}

BOOST_AUTO_TEST_CASE(who_waits_gets_the_place_of_one_that_has_ended) {
  auto limits = patient();
  limits.at_once = 1;
  Asking<HeldMx> asking(limits);
  auto first = asking.ask_meanwhile("a.example");
  asking.lookup->wait_for(1);
  auto second = asking.ask_meanwhile("b.example");
  asking.wait_for_waiting(1);
  asking.lookup->release_all();
  BOOST_TEST(first.get() == "absent");
  BOOST_TEST(second.get() == "absent");
  BOOST_TEST(asking.lookup->most_at_once() == 1U);
}

BOOST_AUTO_TEST_CASE(no_more_than_four_are_asked_at_once) {
  Asking<HeldMx> asking(patient());
  std::vector<std::future<std::string>> answers;
  for (const auto* domain : {"a.example", "b.example", "c.example", "d.example", "e.example", "f.example"})
    answers.push_back(asking.ask_meanwhile(domain));
  asking.lookup->wait_for(4);
  asking.wait_for_waiting(2);
  asking.lookup->release_all();
  for (auto& answer : answers) BOOST_TEST(answer.get() == "absent");
  BOOST_TEST(asking.lookup->most_at_once() == 4U);
}

BOOST_AUTO_TEST_CASE(no_more_wait_than_the_limit_allows) {
  auto limits = patient();
  limits.at_once = 1;
  limits.waiting = 1;
  Asking<HeldMx> asking(limits);
  auto first = asking.ask_meanwhile("a.example");
  asking.lookup->wait_for(1);
  auto second = asking.ask_meanwhile("b.example");
  asking.wait_for_waiting(1);
  BOOST_TEST(asking.ask("c.example") == "unknown");  // neither for a place
  BOOST_TEST(asking.ask("a.example") == "unknown");  // nor for another one's look-up
  asking.lookup->release_all();
  BOOST_TEST(first.get() == "absent");
  BOOST_TEST(second.get() == "absent");
}

BOOST_AUTO_TEST_CASE(what_is_remembered_is_told_while_every_place_is_taken) {
  auto limits = impatient();
  limits.at_once = 1;
  Asking<HeldMx> asking(limits);
  asking.lookup->release(1);
  asking.ask("known.example");
  auto slow = asking.ask_meanwhile("slow.example");
  asking.lookup->wait_for(2);
  BOOST_TEST(asking.ask("known.example") == "absent");
  asking.lookup->release(1);
  BOOST_TEST(slow.get() == "absent");
}

BOOST_AUTO_TEST_CASE(a_stop_ends_look_ups_and_waits_as_unknown) {
  auto limits = patient();
  limits.at_once = 1;
  Asking<HeldMx> asking(limits);
  auto asked = asking.ask_meanwhile("a.example");
  asking.lookup->wait_for(1);
  auto shared = asking.ask_meanwhile("a.example");
  auto queued = asking.ask_meanwhile("b.example");
  asking.wait_for_waiting(2);
  asking.exchangers.stop();
  for (auto* answer : {&asked, &shared, &queued}) BOOST_TEST(answer->get() == "unknown");
}

BOOST_AUTO_TEST_CASE(a_look_up_that_fails_is_unknown_and_leaves_its_place) {
  auto limits = impatient();
  limits.at_once = 1;
  Asking<Failing> asking(limits);
  BOOST_TEST(asking.ask("a.example") == "unknown");
  BOOST_TEST(asking.ask("b.example") == "unknown");
  BOOST_TEST(asking.lookup->questions().size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(resolver_pool)

BOOST_AUTO_TEST_CASE(the_name_servers_of_the_configuration_are_asked) {
  DnsServer names;
  names.mx("example.org", 10, "mx.example.net");
  const auto pool = server::ResolverPool::create({names.endpoint()}, 2s);
  BOOST_TEST_REQUIRE(pool.has_value());
  for (int i = 0; i < 2; ++i) {
    const auto mail = (*pool)->look_up(name("example.org"), {});
    BOOST_TEST_REQUIRE(mail.hosts.size() == 1U);
    BOOST_TEST(mail.hosts.front().ascii() == "mx.example.net");
  }
  BOOST_TEST(to_string((*pool)->look_up(name("example.com"), {}).outcome) == "absent");
}

BOOST_AUTO_TEST_CASE(a_name_server_that_is_silent_for_the_time_of_a_look_up_leaves_it_unknown) {
  DnsServer names;
  names.conduct("example.org", DnsConduct::silent);
  const auto pool = server::ResolverPool::create({names.endpoint()}, 50ms);
  BOOST_TEST(to_string((*pool)->look_up(name("example.org"), {}).outcome) == "unknown");
}

BOOST_AUTO_TEST_CASE(look_ups_at_the_same_time_each_have_a_resolver) {
  DnsServer names;
  names.mx("example.org", 10, "mx.example.net");
  names.conduct("example.com", DnsConduct::silent);
  const auto pool = server::ResolverPool::create({names.endpoint()}, 1h);
  std::stop_source stop;
  auto slow = std::async(std::launch::async, [&] { return (*pool)->look_up(name("example.com"), stop.get_token()); });
  while (names.questions().empty()) std::this_thread::yield();
  BOOST_TEST(to_string((*pool)->look_up(name("example.org"), {}).outcome) == "found");
  stop.request_stop();
  BOOST_TEST(to_string(slow.get().outcome) == "unknown");
}

BOOST_AUTO_TEST_CASE(what_is_no_name_server_is_refused) {
  const auto pool = server::ResolverPool::create({"not an address"}, 2s);
  BOOST_TEST_REQUIRE(!pool.has_value());
  BOOST_TEST(pool.error().text().find("not an address") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
