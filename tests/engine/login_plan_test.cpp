// Which logins are tried, in which order, and when it ends: one plan, answers as values.
#include "engine/login_plan.h"

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

using namespace mailconf;

namespace {

using enum LoginOutcome;

FoundServer found(ServerType type, const std::string& host, const std::string& source = "autoconfig",
                  const std::string& username = "alice@example.org") {
  FoundServer made;
  made.server.type = type;
  made.server.hostname = host;
  made.server.port = 993;
  made.server.authentication = {Authentication::password_cleartext};
  made.server.username = username;
  made.source = source;
  made.proof.outcome = ProofOutcome::proven;
  return made;
}

Configuration imap_pop_smtp(const std::string& source = "autoconfig") {
  Configuration shown;
  shown.incoming = {found(ServerType::imap, "imap", source), found(ServerType::pop3, "pop", source)};
  shown.outgoing = {found(ServerType::smtp, "smtp", source)};
  return shown;
}

// Plays the answers; what was asked as "host name", and at the end what came of it.
std::string play(const Configuration& shown, const std::vector<LoginOutcome>& answers,
                 const std::string& address = "alice@example.org", const std::string& typed_name = {}) {
  auto credentials = std::make_shared<Credentials>();
  credentials->username = typed_name;
  LoginPlan plan(shown, *EmailAddress::parse(address), credentials);
  std::string asked;
  std::size_t turn = 0;
  while (const auto question = plan.next()) {
    asked += fmt::format("{} {}; ", question->server.host, question->username);
    BOOST_REQUIRE_MESSAGE(turn < answers.size(), asked);
    plan.on_answer(LoginAnswer{answers.at(turn++), "PLAIN", ""}, {});
  }
  BOOST_TEST(turn == answers.size());
  for (const auto& attempt : plan.attempts()) {
    if (attempt.outcome != not_tried && attempt.outcome != not_needed) continue;
    asked += fmt::format("{} {}: {}; ", attempt.server.hostname, to_string(attempt.outcome), attempt.reason);
  }
  return asked;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(login_plan)

BOOST_AUTO_TEST_CASE(reading_then_sending_then_the_other_way_of_reading) {
  BOOST_TEST(play(imap_pop_smtp(), {accepted, accepted, accepted}) ==
             "imap alice@example.org; smtp alice@example.org; pop alice@example.org; ");
}

BOOST_AUTO_TEST_CASE(P8_a_published_name_is_the_only_one) {
  auto shown = imap_pop_smtp();
  shown.incoming[0].server.username = "u1234";
  BOOST_TEST(play(shown, {refused}) ==
             "imap u1234; smtp not-tried: imap:993 refuses the login; pop not-tried: imap:993 refuses the login; ");
}

BOOST_AUTO_TEST_CASE(P9_different_names_for_reading_and_sending_are_both_used) {
  Configuration shown;
  shown.incoming = {found(ServerType::imap, "imap", "autoconfig", "reader")};
  shown.outgoing = {found(ServerType::smtp, "smtp", "autoconfig", "sender")};
  BOOST_TEST(play(shown, {accepted, accepted}) == "imap reader; smtp sender; ");
}

BOOST_AUTO_TEST_CASE(P10_a_guessed_name_is_the_address_and_then_its_local_part) {
  BOOST_TEST(play(imap_pop_smtp("guess"), {refused, accepted, accepted}) ==
             "imap alice@example.org; imap alice; smtp alice; pop not-tried: three attempts are enough; ");
}

BOOST_AUTO_TEST_CASE(P11_a_name_that_the_user_typed_comes_first_and_is_not_repeated) {
  BOOST_TEST(play(imap_pop_smtp("guess"), {refused, refused}, "alice@example.org", "alice")
                 .starts_with("imap alice; imap alice@example.org; "));
  BOOST_TEST(play(imap_pop_smtp(), {accepted, accepted, accepted}, "alice@example.org", "u1234")
                 .starts_with("imap u1234; smtp u1234; pop u1234; "));
}

BOOST_AUTO_TEST_CASE(P15_a_wrong_password_is_not_carried_from_host_to_host) {
  BOOST_TEST(play(imap_pop_smtp("guess"), {refused, refused}) ==
             "imap alice@example.org; imap alice; smtp not-tried: imap:993 refuses the login; "
             "pop not-tried: imap:993 refuses the login; ");
}

BOOST_AUTO_TEST_CASE(P15_whoever_asks_for_patience_gets_it) {
  BOOST_TEST(play(imap_pop_smtp("guess"), {rate_limited}) ==
             "imap alice@example.org; smtp not-tried: imap:993 asks for patience; pop not-tried: imap:993 asks for "
             "patience; ");
}

BOOST_AUTO_TEST_CASE(P12_a_tag_in_the_address_stays) {
  BOOST_TEST(play(imap_pop_smtp("guess"), {refused, refused}, "alice+news@example.org")
                 .starts_with("imap alice+news@example.org; imap alice+news; "));
}

BOOST_AUTO_TEST_CASE(a_server_that_fails_otherwise_does_not_hold_back_the_next) {
  for (const auto fault : {unavailable, no_mechanism, not_understood, tls_failed, bad_certificate, cannot_connect}) {
    BOOST_TEST(play(imap_pop_smtp(), {fault, accepted, accepted}) ==
               "imap alice@example.org; smtp alice@example.org; pop alice@example.org; ");
  }
}

BOOST_AUTO_TEST_CASE(Z6_a_server_that_is_not_proven_or_not_encrypted_gets_no_password) {
  auto shown = imap_pop_smtp();
  shown.incoming[0].proof.outcome = ProofOutcome::refused;
  shown.incoming[1].server.socket_type = SocketType::plain;
  shown.outgoing[0].proof.outcome = ProofOutcome::not_tried;
  BOOST_TEST(play(shown, {}) ==
             "imap not-tried: the server has not proved itself; smtp not-tried: the server has not proved itself; "
             "pop not-tried: the server has not proved itself; ");
}

BOOST_AUTO_TEST_CASE(a_proven_neighbour_is_taken) {
  auto shown = imap_pop_smtp();
  shown.incoming.push_back(found(ServerType::imap, "imap2"));
  shown.incoming[0].proof.outcome = ProofOutcome::unreachable;
  BOOST_TEST(play(shown, {accepted, accepted, accepted}).starts_with("imap2 "));
}

BOOST_AUTO_TEST_CASE(X13_a_server_that_wants_no_login_is_not_asked) {
  auto shown = imap_pop_smtp();
  shown.outgoing[0].server.authentication = {Authentication::client_ip_address};
  BOOST_TEST(play(shown, {accepted, accepted}) ==
             "imap alice@example.org; pop alice@example.org; smtp not-needed: the server wants no login; ");
}

BOOST_AUTO_TEST_CASE(a_connection_that_fails_is_told_by_what_failed) {
  BOOST_TEST((login_outcome(FailureKind::certificate_bad) == bad_certificate));
  BOOST_TEST((login_outcome(FailureKind::tls_failed) == tls_failed));
  BOOST_TEST((login_outcome(FailureKind::timed_out) == cannot_connect));
  BOOST_TEST((login_outcome(FailureKind::no_such_name) == cannot_connect));
  BOOST_TEST((login_outcome(FailureKind::nonsense) == not_understood));
}

BOOST_AUTO_TEST_SUITE_END()
