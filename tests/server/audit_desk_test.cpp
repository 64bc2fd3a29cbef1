// How often, and how many at once, the server's own domains are audited for those who ask.
#include "server/audits/audit_desk.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <future>
#include <thread>

#include "server/fake_auditor.h"

namespace mailconf::testing {
namespace {

using namespace std::chrono_literals;
using boost::test_tools::per_element;
using server::AuditDesk;
using server::AuditLimits;
using server::ToldAudit;
using Names = std::vector<std::string>;

DomainName name(const std::string& text) { return *DomainName::parse(text); }

AuditLimits limits(std::chrono::milliseconds patience = 1min) {
  AuditLimits limits;
  limits.at_once = 2;
  limits.waiting = 3;
  limits.patience = patience;
  limits.kept = 2;
  return limits;
}

struct Desk {
  Desk()
      : desk([this](const auto& domain, const auto& stop) { return auditor.function()({}, domain, stop); },
             [this](const auto& domain, const auto& audit) {
               const std::lock_guard lock(mutex);
               reported.push_back(domain.ascii() + (audit ? " complete" : " failed"));
             },
             limits(), [this] { return now.load(); }) {}
  ~Desk() { desk.stop(); }

  std::optional<ToldAudit> ask(const std::string& domain, std::chrono::seconds age = 1h) {
    return desk.ask(name(domain), age);
  }
  std::future<std::optional<ToldAudit>> ask_meanwhile(const std::string& domain) {
    return std::async(std::launch::async, [this, domain] { return ask(domain); });
  }
  void wait_for_waiting(std::size_t count) const {
    while (desk.waiting() < count) std::this_thread::yield();
  }

  FakeAuditor auditor;
  std::mutex mutex;
  Names reported;
  std::atomic<AuditDesk::Instant> now = AuditDesk::Instant{};
  AuditDesk desk;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(audit_desk, Desk)

BOOST_AUTO_TEST_CASE(what_was_found_is_told_until_it_is_too_old) {
  BOOST_TEST(ask("a.example")->age.count() == 0);
  now = now.load() + 3599s;
  BOOST_TEST(ask("a.example")->age.count() == 3599);
  BOOST_TEST(auditor.audited().size() == 1U);
  now = now.load() + 1s;
  BOOST_TEST(ask("a.example")->age.count() == 0);
  BOOST_TEST(auditor.audited().size() == 2U);
}

BOOST_AUTO_TEST_CASE(what_is_not_all_there_is_to_find_is_told_for_a_minute) {
  auditor.is_silent("a.example");
  BOOST_TEST(!ask("a.example")->complete);
  now = now.load() + 59s;
  ask("a.example");
  BOOST_TEST(auditor.audited().size() == 1U);
  now = now.load() + 1s;
  ask("a.example");
  BOOST_TEST(auditor.audited().size() == 2U);
}

BOOST_AUTO_TEST_CASE(those_who_ask_for_the_same_domain_share_one_audit) {
  auditor.hold();
  auto first = ask_meanwhile("a.example");
  auditor.wait_for(1);
  auto second = ask_meanwhile("a.example");
  wait_for_waiting(2);
  auditor.release();
  const auto told = first.get();
  BOOST_TEST_REQUIRE(told.has_value());
  BOOST_TEST(second.get()->text == told->text);
  BOOST_TEST(auditor.audited() == Names{"a.example"}, per_element());
}

BOOST_AUTO_TEST_CASE(no_more_wait_than_the_limit_allows) {
  auditor.hold();
  auto first = ask_meanwhile("a.example");
  auditor.wait_for(1);
  auto second = ask_meanwhile("a.example");
  auto third = ask_meanwhile("a.example");
  wait_for_waiting(3);
  BOOST_TEST(!ask("a.example").has_value());
  auditor.release();
  for (auto* each : {&first, &second, &third}) BOOST_TEST(each->get().has_value());
}

BOOST_AUTO_TEST_CASE(what_takes_longer_than_anybody_can_wait_is_told_afterwards) {
  AuditDesk impatient([this](const auto& domain, const auto& stop) { return auditor.function()({}, domain, stop); },
                      [](const auto&, const auto&) {}, limits(0ms), [this] { return now.load(); });
  auditor.hold();
  BOOST_TEST(!impatient.ask(name("a.example"), 1h).has_value());
  auditor.release();
  while (!impatient.ask(name("a.example"), 1h)) std::this_thread::yield();
  BOOST_TEST(auditor.audited().size() == 1U);
  impatient.stop();
}

BOOST_AUTO_TEST_CASE(no_more_are_audited_at_once_than_the_limit_allows) {
  auditor.hold();
  auto first = ask_meanwhile("a.example");
  auto second = ask_meanwhile("b.example");
  auditor.wait_for(2);
  BOOST_TEST(!ask("c.example").has_value());
  auditor.release();
  BOOST_TEST(first.get().has_value());
  BOOST_TEST(second.get().has_value());
  BOOST_TEST(ask("c.example").has_value());
}

BOOST_AUTO_TEST_CASE(the_background_takes_no_place_of_those_who_ask) {
  auditor.hold();
  const std::stop_source never;
  const auto renew = [&](const std::string& domain) {
    return std::async(std::launch::async, [&, domain] { desk.renew(name(domain), never.get_token()); });
  };
  auto background = {renew("x.example"), renew("y.example")};
  auto asked = ask_meanwhile("a.example");
  auditor.wait_for(3);
  auditor.release();
  BOOST_TEST(asked.get().has_value());
}

BOOST_AUTO_TEST_CASE(what_the_background_has_found_is_told) {
  desk.renew(name("a.example"), {});
  BOOST_TEST(ask("a.example").has_value());
  BOOST_TEST(auditor.audited().size() == 1U);
  desk.renew(name("a.example"), {});
  BOOST_TEST(auditor.audited().size() == 2U);
}

BOOST_AUTO_TEST_CASE(no_more_is_kept_than_there_is_room_for) {
  for (const auto* domain : {"a.example", "b.example", "c.example"}) ask(domain);
  ask("c.example");
  BOOST_TEST(auditor.audited().size() == 3U);
  ask("a.example");
  BOOST_TEST(auditor.audited().size() == 4U);
}

BOOST_AUTO_TEST_CASE(a_stop_ends_what_is_under_way_and_nothing_is_told_of_it) {
  auditor.hold();
  auto first = ask_meanwhile("a.example");
  auditor.wait_for(1);
  auto second = ask_meanwhile("a.example");
  wait_for_waiting(2);
  desk.stop();
  BOOST_TEST(!first.get().has_value());
  BOOST_TEST(!second.get().has_value());
  BOOST_TEST(!ask("b.example").has_value());
  BOOST_TEST(reported.empty());
}

BOOST_AUTO_TEST_CASE(what_fails_is_reported_and_leaves_nobody_waiting) {
  AuditDesk failing([](const auto&, const auto&) -> Result<Audit> { throw std::runtime_error("out of descriptors"); },
                    [this](const auto&, const auto& audit) { reported.push_back(audit.error().message); }, {},
                    [this] { return now.load(); });
  BOOST_TEST(!failing.ask(name("a.example"), 1h).has_value());
  BOOST_TEST(!failing.ask(name("a.example"), 1h).has_value());
  BOOST_TEST(reported == (Names{"out of descriptors", "out of descriptors"}), per_element());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
