// When an engine asks whom, and when it stops: every event is a call, every consequence a value.
#include <boost/test/unit_test.hpp>

#include "engine/table.h"
#include "engine/timing.h"

namespace mailconf::testing {

using std::chrono::milliseconds;

BOOST_AUTO_TEST_SUITE(resolution)

BOOST_AUTO_TEST_CASE(all_sources_are_asked_at_once_and_the_first_answer_is_provisional) {
  std::vector<std::string> provisional;
  Observer observer;
  observer.provisional = [&](const Report& report) { provisional.push_back(report.best.sources.front()); };
  Table table(own_and_database(), {}, observer);
  BOOST_TEST(table.is_out("autoconfig.example.org"));
  BOOST_TEST(table.is_out("db.example.com"));
  table.answer("db.example.com", status(200), milliseconds(100));
  BOOST_TEST(provisional == std::vector<std::string>{"ispdb"}, boost::test_tools::per_element());
  BOOST_TEST(!table.finished);
}

BOOST_AUTO_TEST_CASE(H6_a_better_source_within_the_grace_upgrades_the_answer) {
  Table table(own_and_database());
  table.answer("db.example.com", status(200), milliseconds(100));
  table.prove("hoster.example", milliseconds(300));
  BOOST_TEST(!table.finished);
  table.answer("autoconfig.example.org", status(200), milliseconds(500));
  table.prove("own.example.org", milliseconds(700));
  BOOST_TEST(table.finished);
  BOOST_TEST(table.report().best.incoming[0].server.hostname == "imap.own.example.org");
  BOOST_TEST(table.report().alternatives.size() == 1U);
  BOOST_TEST((table.report().provisional == Duration(milliseconds(100))));
}

BOOST_AUTO_TEST_CASE(H6_after_the_grace_the_proven_answer_stands) {
  Table table(own_and_database());
  table.answer("db.example.com", status(200), milliseconds(100));
  table.prove("hoster.example", milliseconds(300));
  BOOST_TEST((table.wake > milliseconds(300)));
  table.pass(std::chrono::duration_cast<milliseconds>(table.wake));
  BOOST_TEST(table.finished);
  BOOST_TEST(to_string(table.report().status) == "found");
  BOOST_TEST(table.report().best.sources[0] == "ispdb");
  BOOST_TEST(table.outcome("autoconfig") == "unknown");
}

BOOST_AUTO_TEST_CASE(H7_what_ranks_below_a_proven_answer_is_cancelled) {
  Table table(own_and_database());
  table.answer("autoconfig.example.org", status(200), milliseconds(100));
  BOOST_TEST(table.is_out("db.example.com"));
  table.prove("own.example.org", milliseconds(200));
  BOOST_TEST(table.finished);
  BOOST_TEST(table.outcome("ispdb") == "skipped");
}

BOOST_AUTO_TEST_CASE(a_source_that_ranks_below_known_settings_is_not_even_begun) {
  Table table({source("builtin", std::nullopt, settings_at("hoster.example")),
               source("guess", page("guess.example.org"), settings_at("guess.example.org"))});
  BOOST_TEST(!table.is_out("guess.example.org"));
  table.prove("hoster.example", milliseconds(100));
  BOOST_TEST(table.finished);
  BOOST_TEST(table.outcome("guess") == "skipped");
}

BOOST_AUTO_TEST_CASE(a_refuted_finding_lets_the_sources_below_begin) {
  Table table({source("builtin", std::nullopt, settings_at("hoster.example")),
               source("srv", page("next.example.org"), settings_at("next.example.org"))});
  table.answer("imap.hoster.example", good(CertificateVerdict::wrong_name), milliseconds(100));
  BOOST_TEST(table.is_out("next.example.org"));
  table.answer("smtp.hoster.example", good(), milliseconds(100));
  table.answer("next.example.org", status(200), milliseconds(200));
  table.prove("next.example.org", milliseconds(300));
  BOOST_TEST(table.finished);
  BOOST_TEST(table.report().best.incoming[0].server.hostname == "imap.next.example.org");
}

BOOST_AUTO_TEST_CASE(ports_are_not_tried_on_suspicion_before_the_head_start_is_over) {
  Table table({source("autoconfig", page("own.example.org"), settings_at("own.example.org")),
               source("guess", port("imap.guess.example.org"), settings_at("guess.example.org"))});
  BOOST_TEST(!table.is_out("imap.guess"));
  BOOST_TEST((table.wake == timing::head_start));
  table.pass(milliseconds(300));
  BOOST_TEST(table.is_out("imap.guess"));
}

BOOST_AUTO_TEST_CASE(ports_are_tried_at_once_when_nothing_else_is_to_be_waited_for) {
  Table table({source("autoconfig", page("own.example.org"), settings_at("own.example.org")),
               source("guess", port("imap.guess.example.org"), settings_at("guess.example.org"))});
  table.answer("own.example.org", status(404), milliseconds(50));
  BOOST_TEST(table.is_out("imap.guess"));
}

BOOST_AUTO_TEST_CASE(ports_are_never_tried_on_suspicion_when_settings_are_published) {
  Table table({source("autoconfig", page("own.example.org"), settings_at("own.example.org")),
               source("guess", port("imap.guess.example.org"), settings_at("guess.example.org"))});
  table.answer("own.example.org", status(200), milliseconds(100));
  table.pass(milliseconds(400));
  BOOST_TEST(!table.is_out("imap.guess"));
}

BOOST_AUTO_TEST_CASE(without_proofs_known_settings_are_given_without_a_single_question) {
  Table table({source("autoconfig", page("own.example.org"), settings_at("own.example.org")),
               source("builtin", std::nullopt, settings_at("hoster.example"))},
              {std::chrono::seconds(8), false});
  BOOST_TEST(table.finished);
  BOOST_TEST(table.out.empty());
  BOOST_TEST(to_string(table.report().status) == "found");
  BOOST_TEST((table.report().best.incoming[0].proof.outcome == ProofOutcome::not_tried));
}

BOOST_AUTO_TEST_CASE(H21_an_abort_cancels_all_and_the_report_is_complete) {
  Table table(own_and_database());
  table.abort(milliseconds(70));
  BOOST_TEST(table.finished);
  BOOST_TEST(to_string(table.report().status) == "aborted");
  BOOST_TEST(table.outcome("autoconfig") == "unknown");
  BOOST_TEST(table.outcome("ispdb") == "unknown");
}

BOOST_AUTO_TEST_CASE(the_deadline_ends_all) {
  Table table(own_and_database(), {milliseconds(1000), true});
  BOOST_TEST((table.wake == milliseconds(1000)));
  table.pass(milliseconds(1000));
  BOOST_TEST(table.finished);
  BOOST_TEST(to_string(table.report().status) == "offline");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
