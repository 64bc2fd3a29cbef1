// When each of the server's own domains is audited in the background, and what is remembered of it.
#include "server/audits/audit_rounds.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <tuple>

#include "server/audits/audit_ledger.h"
#include "server/audits/audit_watch.h"
#include "server/fake_auditor.h"

namespace mailconf::testing {
namespace {

using namespace std::chrono_literals;
using boost::test_tools::per_element;
using server::AuditLedger;
using server::AuditRounds;
using Names = std::vector<std::string>;

DomainName name(const std::string& text) { return *DomainName::parse(text); }

// A store whose names the test changes, on a clock that it moves.
struct Watched {
  AuditRounds rounds{
      {[this](const auto& after, std::size_t most) { return page(after, most); }, [this] { return names.size(); }},
      1h,
      4};

  Result<std::vector<DomainName>> page(const std::optional<DomainName>& after, std::size_t most) {
    largest_page = std::max(largest_page, most);
    if (away) return fail(ErrorCode::io, "store", "cannot be read");
    std::vector<DomainName> page;
    for (const auto& each : names) {
      if (page.size() < most && (!after || each > after->ascii())) page.push_back(name(each));
    }
    return page;
  }
  // "a.example 20" for a domain whose turn comes after so many minutes from the start, "- 20" for none until then.
  std::string next() {
    const auto turn = rounds.next(now);
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(turn.at - AuditRounds::Instant{}).count();
    if (turn.at > now) now = turn.at;
    return (turn.domain ? turn.domain->ascii() : "-") + " " + std::to_string(minutes);
  }
  Names next(int count) {
    Names turns;
    for (int i = 0; i < count; ++i) turns.push_back(next());
    return turns;
  }

  Names names{"a.example", "b.example", "c.example"};
  bool away = false;
  std::size_t largest_page = 0;
  AuditRounds::Instant now{};
};

struct Ledger {
  std::chrono::system_clock::time_point now{1000s};
  AuditLedger ledger{[this] { return now; }};

  void round(const Names& names, bool after_whole_round = true) {
    ledger.round_begins(after_whole_round);
    for (const auto& each : names) ledger.seen(name(each));
  }
  auto record(const std::string& domain, const Names& codes) {
    return ledger.record(name(domain), audit_with(domain, codes));
  }
  [[nodiscard]] std::size_t count(const std::string& code) const {
    const auto totals = ledger.totals();
    for (std::size_t i = 0; i < ledger.checks().size(); ++i) {
      if (ledger.checks()[i].code == code) return totals.findings[i];
    }
    throw std::runtime_error(code + " is no code");
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(audit_rounds, Watched)

BOOST_AUTO_TEST_CASE(after_the_start_all_come_at_once_and_then_each_once_in_the_period_spread_evenly) {
  BOOST_TEST(next(3) == (Names{"a.example 0", "b.example 0", "c.example 0"}), per_element());
  BOOST_TEST(next(3) == (Names{"a.example 20", "b.example 40", "c.example 60"}), per_element());
  BOOST_TEST(next(3) == (Names{"a.example 80", "b.example 100", "c.example 120"}), per_element());
}

BOOST_AUTO_TEST_CASE(a_round_that_takes_longer_than_its_period_is_followed_by_the_next_at_once) {
  next(6);
  now += 30min;
  BOOST_TEST(next() == "a.example 110");
}

BOOST_AUTO_TEST_CASE(the_first_turn_of_each_round_says_so) {
  BOOST_TEST(rounds.next(now).first);
  BOOST_TEST(!rounds.next(now).first);
  BOOST_TEST(!rounds.next(now).first);
  BOOST_TEST(rounds.next(now).first);
}

BOOST_AUTO_TEST_CASE(a_domain_that_comes_meanwhile_comes_at_the_end_of_the_round) {
  next(4);
  names.push_back("d.example");
  BOOST_TEST(next(3) == (Names{"b.example 40", "c.example 60", "d.example 60"}), per_element());
  BOOST_TEST(next(4) == (Names{"a.example 75", "b.example 90", "c.example 105", "d.example 120"}), per_element());
}

BOOST_AUTO_TEST_CASE(an_empty_store_is_asked_again_in_a_minute) {
  names.clear();
  BOOST_TEST(next(2) == (Names{"- 1", "- 2"}), per_element());
  names = {"a.example"};
  BOOST_TEST(next(2) == (Names{"a.example 2", "a.example 62"}), per_element());
}

BOOST_AUTO_TEST_CASE(a_store_that_goes_away_is_asked_again_where_the_round_was) {
  const Names all{"a.example", "b.example", "c.example", "d.example"};
  names = {"a.example"};
  next();
  away = true;
  names = all;
  BOOST_TEST(next() == "- 1");
  away = false;
  BOOST_TEST(next(3) == (Names{"b.example 1", "c.example 1", "d.example 1"}), per_element());
}

BOOST_AUTO_TEST_CASE(a_round_comes_by_no_more_domains_than_the_limit_says) {
  names = {"a.example", "b.example", "c.example", "d.example", "e.example"};
  next(4);
  BOOST_TEST(next(4) == (Names{"a.example 15", "b.example 30", "c.example 45", "d.example 60"}), per_element());
  BOOST_TEST(largest_page == 4U);
}

BOOST_AUTO_TEST_CASE(names_are_read_page_by_page) {
  names.clear();
  for (int i = 1'000; i < 3'000; ++i) names.push_back("d" + std::to_string(i) + ".example");
  AuditRounds many(
      {[this](const auto& after, std::size_t most) { return page(after, most); }, [this] { return names.size(); }}, 1h,
      100'000);
  Names seen;
  for (int i = 0; i < 2'000; ++i) seen.push_back(many.next(now).domain->ascii());
  BOOST_TEST(seen == names, per_element());
  BOOST_TEST(largest_page == AuditRounds::page_size);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(audit_ledger, Ledger)

BOOST_AUTO_TEST_CASE(the_last_audit_of_each_domain_counts) {
  round({});
  record("a.example", {"srv-missing", "certificate-expired"});
  record("b.example", {"srv-missing"});
  BOOST_TEST(count("srv-missing") == 2U);
  record("a.example", {"srv-missing"});
  BOOST_TEST(count("srv-missing") == 2U);
  BOOST_TEST(count("certificate-expired") == 0U);
  BOOST_TEST(ledger.totals().domains == 2U);
}

BOOST_AUTO_TEST_CASE(an_audit_that_is_not_complete_takes_nothing_back_and_adds_what_it_has_found) {
  record("a.example", {"certificate-expired", "certificate-name"});
  now += 1h;
  auto cut_off = audit_with("a.example", {"certificate-expired", "dns-failure"});
  cut_off.complete = false;
  BOOST_TEST(ledger.record(name("a.example"), cut_off) == Names{"dns-failure"}, per_element());
  BOOST_TEST(count("certificate-expired") == 1U);
  BOOST_TEST(count("certificate-name") == 1U);
  BOOST_TEST(count("dns-failure") == 1U);
  BOOST_TEST((ledger.totals().oldest == now - 1h));
  record("a.example", {"certificate-name"});
  BOOST_TEST(count("certificate-expired") == 0U);
  BOOST_TEST(count("dns-failure") == 0U);
}

BOOST_AUTO_TEST_CASE(a_domain_that_was_never_audited_completely_counts_by_its_findings_alone) {
  auto cut_off = audit_with("a.example", {"dns-failure"});
  cut_off.complete = false;
  ledger.record(name("a.example"), cut_off);
  BOOST_TEST(count("dns-failure") == 1U);
  BOOST_TEST(ledger.totals().domains == 0U);
  BOOST_TEST(!ledger.totals().oldest.has_value());
}

BOOST_AUTO_TEST_CASE(the_oldest_audit_is_that_of_the_domain_that_waits_the_longest) {
  BOOST_TEST(!ledger.totals().oldest.has_value());
  record("a.example", {});
  now += 1min;
  record("b.example", {});
  BOOST_TEST((ledger.totals().oldest == now - 1min));
  record("a.example", {});
  BOOST_TEST((ledger.totals().oldest == now));
}

BOOST_AUTO_TEST_CASE(a_domain_that_a_whole_round_did_not_come_by_is_forgotten) {
  round({"a.example", "b.example"});
  record("a.example", {"srv-missing"});
  record("b.example", {"srv-missing"});
  round({"a.example"});
  BOOST_TEST(count("srv-missing") == 2U);
  round({"a.example"});
  BOOST_TEST(count("srv-missing") == 1U);
}

BOOST_AUTO_TEST_CASE(a_round_that_was_cut_off_makes_nothing_forgotten) {
  round({"a.example", "b.example"});
  record("b.example", {"srv-missing"});
  round({"a.example"});
  round({"a.example", "b.example"}, false);
  BOOST_TEST(count("srv-missing") == 1U);
  round({});
  BOOST_TEST(count("srv-missing") == 1U);
}

BOOST_AUTO_TEST_CASE(errors_are_told_when_they_are_new) {
  BOOST_TEST(record("a.example", {"srv-missing", "certificate-expired", "certificate-expired"}) ==
                 Names{"certificate-expired"},
             per_element());
  BOOST_TEST(record("a.example", {"certificate-expired", "certificate-name"}) == Names{"certificate-name"},
             per_element());
  BOOST_TEST(record("a.example", {"certificate-expired"}).empty());
}

BOOST_AUTO_TEST_CASE(findings_of_a_domain_are_told_by_severity) {
  BOOST_TEST(!ledger.findings(name("a.example"), Severity::error).has_value());
  record("a.example", {"srv-missing", "certificate-expired", "certificate-expired", "mx-null"});
  BOOST_TEST(ledger.findings(name("a.example"), Severity::error).value() == 2U);
  BOOST_TEST(ledger.findings(name("a.example"), Severity::warning).value() == 1U);
  BOOST_TEST(ledger.findings(name("a.example"), Severity::note).value() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(audit_watch, Watched)

BOOST_AUTO_TEST_CASE(no_more_are_audited_at_once_than_wanted_and_a_stop_ends_them) {
  FakeAuditor auditor;
  auditor.hold();
  AuditLedger ledger(std::chrono::system_clock::now);
  const auto renew = [&](const DomainName& domain, const std::stop_token& stop) {
    std::ignore = auditor.function()({}, domain, stop);
  };
  int rounds_begun = 0;
  {
    const server::AuditWatch watch(
        rounds, 2, ledger, renew, [&] { ++rounds_begun; }, [this] { return now; });
    auditor.wait_for(2);
  }
  BOOST_TEST(auditor.audited().size() == 2U);
  BOOST_TEST(rounds_begun == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
