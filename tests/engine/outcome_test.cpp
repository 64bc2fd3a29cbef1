// What an engine makes of answers: what it recommends, and what it says of the rest.
#include <boost/test/unit_test.hpp>

#include "engine/table.h"

namespace mailconf::testing {

using std::chrono::milliseconds;

BOOST_AUTO_TEST_SUITE(resolution_outcome)

BOOST_AUTO_TEST_CASE(X26_a_missing_half_is_taken_from_the_next_source) {
  Table table({source("autoconfig", page("own.example.org"), settings_at("own.example.org", Half::reading)),
               source("srv", page("srv.example.org"), settings_at("srv.example.org", Half::sending))});
  table.answer("own.example.org", status(200), milliseconds(100));
  table.answer("srv.example.org", status(200), milliseconds(150));
  table.answer("imap.own", good(), milliseconds(200));
  table.answer("smtp.srv", good(), milliseconds(200));
  BOOST_TEST(table.finished);
  BOOST_TEST(to_string(table.report().status) == "found");
  BOOST_TEST(table.report().best.outgoing[0].source == "srv");
}

BOOST_AUTO_TEST_CASE(a_stale_own_file_loses_to_a_proven_neighbour) {
  Table table(own_and_database());
  table.answer("autoconfig.example.org", status(200), milliseconds(100));
  table.answer("db.example.com", status(200), milliseconds(100));
  table.answer("imap.own.example.org", good(CertificateVerdict::expired), milliseconds(200));
  table.answer("smtp.own.example.org", refused(), milliseconds(200));
  table.prove("hoster.example", milliseconds(400));
  BOOST_TEST(table.finished);
  BOOST_TEST(table.report().best.sources[0] == "ispdb");
  BOOST_TEST(table.report().alternatives.at(0).incoming.at(0).proof.reason == "its certificate has expired");
}

BOOST_AUTO_TEST_CASE(settings_whose_servers_are_refuted_are_not_recommended) {
  Table table({source("autoconfig", page("own.example.org"), settings_at("own.example.org"))});
  table.answer("own.example.org", status(200), milliseconds(100));
  table.answer("imap.own", good(CertificateVerdict::self_signed), milliseconds(200));
  table.answer("smtp.own", good(CertificateVerdict::self_signed), milliseconds(200));
  BOOST_TEST(table.finished);
  BOOST_TEST(to_string(table.report().status) == "not-found");
  BOOST_TEST(table.report().best.incoming.empty());
  BOOST_TEST(table.report().alternatives.size() == 1U);
}

BOOST_AUTO_TEST_CASE(settings_whose_servers_stay_silent_are_told_but_not_called_found) {
  Table table({source("autoconfig", page("own.example.org"), settings_at("own.example.org"))});
  table.answer("own.example.org", status(200), milliseconds(100));
  table.answer("imap.own", timeout(), milliseconds(4100));
  table.answer("smtp.own", timeout(), milliseconds(4100));
  BOOST_TEST(table.finished);
  BOOST_TEST(to_string(table.report().status) == "unknown");
  BOOST_TEST(table.report().best.incoming.size() == 1U);
}

BOOST_AUTO_TEST_CASE(H23_two_sources_that_agree_are_one_configuration_with_two_witnesses) {
  Table table({source("autoconfig", page("own.example.org"), settings_at("hoster.example")),
               source("ispdb", page("db.example.com"), settings_at("hoster.example"))});
  table.answer("db.example.com", status(200), milliseconds(100));
  table.answer("own.example.org", status(200), milliseconds(100));
  table.prove("hoster.example", milliseconds(200));
  BOOST_TEST(table.finished);
  BOOST_TEST(table.report().best.sources == (std::vector<std::string>{"autoconfig", "ispdb"}),
             boost::test_tools::per_element());
  BOOST_TEST(table.report().alternatives.empty());
  BOOST_TEST(table.report().conflicts.empty());
}

BOOST_AUTO_TEST_CASE(sources_that_disagree_are_a_conflict) {
  Table table(own_and_database());
  table.answer("db.example.com", status(200), milliseconds(100));
  table.answer("autoconfig.example.org", status(200), milliseconds(100));
  table.prove("own.example.org", milliseconds(200));
  BOOST_REQUIRE(table.report().conflicts.size() == 2U);
  BOOST_TEST(table.report().conflicts[0].field == "incoming.hostname");
  BOOST_TEST(
      table.report().conflicts[0].values == (std::vector<std::string>{"imap.own.example.org", "imap.hoster.example"}),
      boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(H8_network_errors_everywhere_are_offline_not_absence) {
  Table table(own_and_database());
  table.answer("autoconfig.example.org", Failure{FailureKind::dns_timeout, "no name server answered"},
               milliseconds(100));
  table.answer("db.example.com", Failure{FailureKind::unreachable, "no route"}, milliseconds(100));
  BOOST_TEST(to_string(table.report().status) == "offline");
}

BOOST_AUTO_TEST_CASE(H9_some_errors_and_some_absences_leave_it_open) {
  Table table(own_and_database());
  table.answer("autoconfig.example.org", timeout(), milliseconds(100));
  table.answer("db.example.com", status(404), milliseconds(100));
  BOOST_TEST(to_string(table.report().status) == "unknown");
}

BOOST_AUTO_TEST_CASE(absences_everywhere_are_definite) {
  Table table(own_and_database());
  table.answer("autoconfig.example.org", Failure{FailureKind::no_such_name, "no such name"}, milliseconds(100));
  table.answer("db.example.com", status(404), milliseconds(100));
  BOOST_TEST(table.finished);
  BOOST_TEST(to_string(table.report().status) == "not-found");
}

BOOST_AUTO_TEST_CASE(H24_an_unencrypted_server_is_left_out_and_said_so) {
  Settings in_clear;
  in_clear.incoming = {server(ServerType::imap, "imap.example.org", 143, SocketType::plain)};
  in_clear.outgoing = {server(ServerType::smtp, "smtp.example.org", 25, SocketType::plain)};
  Table table({source("ispdb", page("db.example.com"), in_clear)});
  table.answer("db.example.com", status(200), milliseconds(100));
  BOOST_TEST(table.finished);
  BOOST_TEST(to_string(table.report().status) == "insecure-only");
  BOOST_TEST(table.report().best.incoming.empty());
  BOOST_TEST(table.report().warnings.at(0).code == "plaintext-left-out");
}

BOOST_AUTO_TEST_CASE(the_rows_tell_what_led_where) {
  Table table(own_and_database());
  HttpAnswer moved = status(302);
  moved.location = "https://cfg.example.org/?secret=1";
  table.answer("autoconfig.example.org", moved, milliseconds(50));
  BOOST_TEST(table.is_out("cfg.example.org"));
  table.answer("cfg.example.org", status(404), milliseconds(100));
  table.answer("db.example.com", status(404), milliseconds(100));
  const auto& row = table.report().sources.at(0);
  BOOST_TEST(row.target == "https://autoconfig.example.org/");
  BOOST_TEST(row.redirects.at(0) == "https://cfg.example.org/");
  BOOST_TEST((row.elapsed == Duration(milliseconds(100))));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
