#include "exit_status.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "hand_made.h"

using namespace mailconf;
using namespace mailconf::cli;

namespace {

struct Row {
  Status status;
  Trust trust;
  Trust required;
  int expected;
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << to_string(row.status) << ", " << to_string(row.trust) << " for " << to_string(row.required);
}

const Row kRows[]{
    {Status::found, Trust::authenticated, Trust::confirm, 0},
    {Status::found, Trust::confirm, Trust::confirm, 0},
    {Status::found, Trust::insecure, Trust::confirm, 3},
    {Status::found, Trust::authenticated, Trust::authenticated, 0},
    {Status::found, Trust::confirm, Trust::authenticated, 3},
    {Status::found, Trust::insecure, Trust::authenticated, 3},
    {Status::partial, Trust::authenticated, Trust::confirm, 3},
    {Status::insecure_only, Trust::insecure, Trust::confirm, 3},
    {Status::needs_credentials, Trust::confirm, Trust::confirm, 3},
    {Status::needs_oauth2, Trust::confirm, Trust::confirm, 3},
    {Status::no_standard_protocol, Trust::authenticated, Trust::confirm, 1},
    {Status::not_found, Trust::confirm, Trust::confirm, 1},
    {Status::unknown, Trust::confirm, Trust::confirm, 4},
    {Status::offline, Trust::confirm, Trust::confirm, 4},
    {Status::aborted, Trust::confirm, Trust::confirm, 4},
    {Status::bad_input, Trust::confirm, Trust::confirm, 2},
};

LoginAttempt login(ServerType type, LoginOutcome outcome) {
  LoginAttempt made;
  made.server.type = type;
  made.outcome = outcome;
  return made;
}

ProbedPort port(ProofOutcome outcome, SocketType socket) {
  ProbedPort made;
  made.server.socket_type = socket;
  made.proof.outcome = outcome;
  return made;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(exit_statuses)

BOOST_DATA_TEST_CASE(of_a_report, boost::unit_test::data::make(kRows), row) {
  Report report;
  report.status = row.status;
  report.best.trust = row.trust;
  BOOST_TEST(exit_status(report, row.required) == row.expected);
}

BOOST_AUTO_TEST_CASE(of_several_the_highest) {
  BOOST_TEST(worse(0, 3) == 3);
  BOOST_TEST(worse(4, 1) == 4);
}

BOOST_AUTO_TEST_CASE(of_a_probe_one_port_that_works_with_encryption_is_enough) {
  const auto unreachable = port(ProofOutcome::unreachable, SocketType::ssl);
  const auto refused = port(ProofOutcome::refused, SocketType::ssl);
  const auto plain = port(ProofOutcome::proven, SocketType::plain);
  const auto proven = port(ProofOutcome::proven, SocketType::starttls);
  BOOST_TEST(exit_status({unreachable, refused, plain, proven}) == 0);
  BOOST_TEST(exit_status({unreachable, refused, plain}) == 3);
  BOOST_TEST(exit_status({unreachable, refused}) == 1);
  BOOST_TEST(exit_status({unreachable}) == 4);
  BOOST_TEST(exit_status(std::vector<ProbedPort>{}) == 4);
}

BOOST_AUTO_TEST_CASE(of_signing_in_reading_and_sending_count_and_a_refusal_decides) {
  using enum LoginOutcome;
  const auto imap = [](LoginOutcome outcome) { return login(ServerType::imap, outcome); };
  const auto smtp = [](LoginOutcome outcome) { return login(ServerType::smtp, outcome); };
  BOOST_TEST(exit_status({imap(accepted), smtp(accepted)}) == 0);
  BOOST_TEST(exit_status({imap(accepted), smtp(not_needed)}) == 0);
  BOOST_TEST(exit_status({imap(accepted), smtp(refused)}) == 1);
  BOOST_TEST(exit_status({imap(refused), smtp(not_tried)}) == 1);
  BOOST_TEST(exit_status({imap(accepted), smtp(cannot_connect)}) == 3);
  BOOST_TEST(exit_status({imap(accepted), smtp(not_tried)}) == 3);
  BOOST_TEST(exit_status({imap(no_mechanism), smtp(cannot_connect)}) == 1);
  BOOST_TEST(exit_status({imap(cannot_connect), smtp(rate_limited)}) == 4);
  BOOST_TEST(exit_status(std::vector<LoginAttempt>{}) == 4);
}

BOOST_AUTO_TEST_CASE(a_client_is_well_served_by_encrypted_servers_that_nobody_on_the_way_could_name) {
  const auto clients = hand_made::simulated();
  BOOST_TEST(exit_status(clients[0]) == 0);
  BOOST_TEST(exit_status(clients[1]) == 3);
  BOOST_TEST(exit_status(clients[2]) == 1);
  BOOST_TEST(exit_status(clients[3]) == 4);
  Prediction unencrypted = clients[0];
  unencrypted.outgoing.front().socket_type = SocketType::plain;
  BOOST_TEST(exit_status(unencrypted) == 3);
  Prediction offline = clients[2];
  for (auto& request : offline.requests) request.outcome = Outcome::unknown;
  BOOST_TEST(exit_status(offline) == 4);
}

BOOST_AUTO_TEST_SUITE_END()
