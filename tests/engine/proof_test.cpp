#include "engine/proof.h"

#include <boost/test/unit_test.hpp>

using namespace mailconf;

namespace {

Server server(SocketType socket_type = SocketType::ssl) {
  Server imap;
  imap.hostname = "imap.example.org";
  imap.port = 993;
  imap.socket_type = socket_type;
  imap.authentication = {Authentication::password_cleartext};
  return imap;
}

ProbeAnswer answer() {
  ProbeAnswer good;
  good.verdict = ProbeVerdict::speaks;
  good.tls = TlsFacts{"TLSv1.3", "x", CertificateVerdict::valid, {"imap.example.org"}, "Test", "2030-01-01T00:00:00Z"};
  good.mechanisms = {"PLAIN"};
  return good;
}

ProbeAnswer with(CertificateVerdict verdict) {
  auto bad = answer();
  bad.tls->certificate = verdict;
  return bad;
}

ProbeAnswer with(ProbeVerdict verdict) {
  auto bad = answer();
  bad.verdict = verdict;
  return bad;
}

ProbeAnswer without_tls() {
  auto bad = answer();
  bad.tls.reset();
  return bad;
}

ProbeAnswer with_mechanisms(std::vector<std::string> mechanisms) {
  auto other = answer();
  other.mechanisms = std::move(mechanisms);
  return other;
}

struct Case {
  const char* sentence;
  Answer answer;
  ProofOutcome expected;
  const char* words;
};

const std::vector<Case> cases{
    {"as published", answer(), ProofOutcome::proven, ""},
    {"G9 an expired certificate", with(CertificateVerdict::expired), ProofOutcome::refused, "expired"},
    {"G10 a certificate for another name", with(CertificateVerdict::wrong_name), ProofOutcome::refused, "another name"},
    {"a self-signed certificate", with(CertificateVerdict::self_signed), ProofOutcome::refused, "signed by itself"},
    {"G3 a refused STARTTLS", with(ProbeVerdict::starttls_refused), ProofOutcome::refused, "refuses it"},
    {"G3 a stripped STARTTLS", with(ProbeVerdict::starttls_missing), ProofOutcome::refused, "does not offer STARTTLS"},
    {"G12 a web server", with(ProbeVerdict::other_protocol), ProofOutcome::refused, "something else"},
    {"G13 turned away", with(ProbeVerdict::turned_away), ProofOutcome::refused, "turns connections away"},
    {"G13 signed in before encryption", with(ProbeVerdict::preauthenticated), ProofOutcome::refused, "attacker"},
    {"injected plaintext", with(ProbeVerdict::plaintext_injection), ProofOutcome::refused, "attacker"},
    {"no encryption although published", without_tls(), ProofOutcome::refused, "did not encrypt"},
    {"no way to sign in", with_mechanisms({}), ProofOutcome::refused, "no way to sign in"},
    {"nothing listens", Failure{FailureKind::refused, "connection refused"}, ProofOutcome::refused,
     "connection refused"},
    {"the proxy refuses", Failure{FailureKind::proxy_failed, "407"}, ProofOutcome::unreachable, "407"},
    {"no answer", Failure{FailureKind::timed_out, "no answer"}, ProofOutcome::unreachable, "no answer"},
    {"the name cannot be asked for", Failure{FailureKind::dns_failure, "SERVFAIL"}, ProofOutcome::unreachable,
     "SERVFAIL"},
    {"others asked too much", Failure{FailureKind::not_asked, "not asked"}, ProofOutcome::not_tried, "not asked"},
    {"the name does not exist", Failure{FailureKind::no_such_name, "no such name"}, ProofOutcome::refused,
     "no such name"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(proof)

BOOST_AUTO_TEST_CASE(a_server_is_proven_only_as_published) {
  for (const auto& [sentence, given, expected, words] : cases) {
    BOOST_TEST_CONTEXT(sentence) {
      const Proof proof = prove(server(), given, Duration(1));
      BOOST_TEST(to_string(proof.outcome) == to_string(expected));
      BOOST_TEST(proof.reason.find(words) != std::string::npos, proof.reason);
      BOOST_TEST(proof.reason.empty() == (expected == ProofOutcome::proven));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_wrong_name_is_told_with_the_names_of_the_certificate) {
  auto other = with(CertificateVerdict::wrong_name);
  other.tls->names = {"a.example", "b.example", "c.example", "d.example"};
  BOOST_TEST(prove(server(), other, Duration(1)).reason ==
             "its certificate is for another name: a.example, b.example, c.example, …");
}

BOOST_AUTO_TEST_CASE(a_relay_that_needs_no_login_is_proven_without_mechanisms) {
  auto relay = server();
  relay.authentication = {Authentication::client_ip_address};
  BOOST_TEST((prove(relay, with_mechanisms({}), Duration(1)).outcome == ProofOutcome::proven));
}

BOOST_AUTO_TEST_CASE(other_ways_to_sign_in_than_published_are_worth_a_warning) {
  const auto other = prove(server(), with_mechanisms({"XOAUTH2"}), Duration(1));
  BOOST_TEST((other.outcome == ProofOutcome::proven));
  BOOST_TEST(sign_in_differs(server(), other));
  BOOST_TEST(!sign_in_differs(server(), prove(server(), answer(), Duration(1))));
}

BOOST_AUTO_TEST_CASE(servers_that_are_reached_by_url_are_not_probed) {
  Server ews;
  ews.type = ServerType::ews;
  BOOST_TEST(!proof_question(ews).has_value());
  BOOST_TEST(proof_question(server()).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
