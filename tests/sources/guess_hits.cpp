#include "sources/guess_play.h"

using namespace mailconf;
using namespace mailconf::test;
using boost::test_tools::per_element;

BOOST_AUTO_TEST_SUITE(guess_last_resort)

BOOST_AUTO_TEST_CASE(pop3_is_tried_when_there_is_no_imap) {
  Zone zone = usual;
  zone["pop3.example.org"] = at({"192.0.2.5"});
  zone["pop.example.org"] = at({"192.0.2.6"});
  Guess guess(zone);
  const Texts all = guess.run({{"pop.example.org:995", speaks({"USER"})}, {"smtp.example.org:465", speaks()}});
  BOOST_TEST(guess.incoming() == Texts{"pop3 pop.example.org:995 SSL"}, per_element());
  BOOST_TEST(!contains(all, "smtp.example.org:25"));
}

BOOST_AUTO_TEST_CASE(pop3_is_not_tried_while_imap_may_still_answer) {
  Guess guess(usual);
  for (const auto& next : guess.open()) {
    if (next != "example.org:143") guess.answer(next, failed(FailureKind::refused));
  }
  BOOST_TEST(!contains(guess.open(), "mail.example.org:995"));
  guess.answer("example.org:143", failed(FailureKind::refused));
  BOOST_TEST(contains(guess.open(), "mail.example.org:995"));
}

BOOST_AUTO_TEST_CASE(G23_port_25_comes_last_and_with_starttls) {
  Guess guess(with(usual, "MX", mail_to({{10, "mx.example.org"}})));
  const Texts all = guess.run({{"mail.example.org:25", speaks()}});
  BOOST_TEST(guess.outgoing() == Texts{"smtp mail.example.org:25 STARTTLS"}, per_element());
  BOOST_TEST(contains(all, "smtp.example.org:25"));
}

BOOST_AUTO_TEST_CASE(G23_a_relay_that_lets_nobody_sign_in_is_not_a_submission_server) {
  Guess guess(usual);
  guess.run({{"mail.example.org:25", speaks({})}});
  BOOST_TEST(!guess.found);
}

BOOST_AUTO_TEST_CASE(G19_the_mx_host_is_tried_for_imap_and_submission) {
  Zone zone = with(usual, "MX", mail_to({{20, "backup.example.org"}, {10, "box.example.org"}}));
  zone["box.example.org"] = at({"192.0.2.7"});
  Guess guess(zone);
  const Texts all = guess.run({{"box.example.org:993", speaks()}, {"box.example.org:465", speaks()}});
  BOOST_TEST(guess.incoming() == Texts{"imap box.example.org:993 SSL"}, per_element());
  BOOST_TEST(guess.outgoing() == Texts{"smtp box.example.org:465 SSL"}, per_element());
  BOOST_TEST(!contains(all, "backup.example.org:993"));
}

BOOST_AUTO_TEST_CASE(G19_an_mx_host_with_a_certificate_for_another_name_is_no_hit) {
  Zone zone = with(usual, "MX", mail_to({{10, "box.example.org"}}));
  zone["box.example.org"] = at({"192.0.2.7"});
  Guess guess(zone);
  guess.run({{"box.example.org:993", speaks({"PLAIN"}, CertificateVerdict::wrong_name)}});
  BOOST_TEST(!guess.found);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(guess_hits)

BOOST_AUTO_TEST_CASE(G9_G10_a_bad_certificate_is_no_hit_and_unknown) {
  for (const auto verdict :
       {CertificateVerdict::expired, CertificateVerdict::not_yet_valid, CertificateVerdict::self_signed,
        CertificateVerdict::unknown_issuer, CertificateVerdict::wrong_name, CertificateVerdict::invalid}) {
    Guess guess(usual);
    const Step step = guess.answer("imap.example.org:993", speaks({"PLAIN"}, verdict));
    BOOST_TEST(!step.found);
    BOOST_TEST((step.verdict.outcome == Outcome::unknown));
    BOOST_TEST(step.verdict.reason == "bad certificate (" + std::string(to_string(verdict)) + ")");
  }
}

BOOST_AUTO_TEST_CASE(G3_G12_G13_whatever_else_answers_is_no_hit) {
  for (const auto verdict :
       {ProbeVerdict::other_protocol, ProbeVerdict::turned_away, ProbeVerdict::preauthenticated,
        ProbeVerdict::starttls_missing, ProbeVerdict::starttls_refused, ProbeVerdict::plaintext_injection}) {
    Guess guess(usual);
    guess.run({}, answers(verdict));
    BOOST_TEST(!guess.found);
  }
}

BOOST_AUTO_TEST_CASE(G13_being_turned_away_is_temporary) {
  Guess guess(usual);
  ProbeAnswer busy = answers(ProbeVerdict::turned_away);
  busy.greeting = "* BYE too many connections";
  const Step step = guess.answer("imap.example.org:993", busy);
  BOOST_TEST((step.verdict == Verdict{Outcome::unknown, "turned away: * BYE too many connections"}));
}

BOOST_AUTO_TEST_CASE(an_answer_without_tls_is_no_hit_whatever_it_says) {
  Guess guess(usual);
  ProbeAnswer naked = speaks();
  naked.tls.reset();
  BOOST_TEST((guess.answer("imap.example.org:993", naked).verdict.outcome == Outcome::unknown));
  BOOST_TEST(!guess.found);
}

BOOST_AUTO_TEST_CASE(G4_a_server_without_encryption_is_named_and_not_given) {
  Guess guess(usual);
  const Step step = guess.answer("imap.example.org:143", answers(ProbeVerdict::starttls_missing));
  BOOST_TEST((step.verdict == Verdict{Outcome::absent, "answers, but only without encryption"}));
  BOOST_REQUIRE(step.diagnostics.size() == 1U);
  BOOST_TEST(step.diagnostics[0].code == "plaintext-only");
  BOOST_TEST(step.diagnostics[0].place == "imap.example.org:143 (imap, STARTTLS)");
  guess.run({});
  BOOST_TEST(!guess.found);
}

BOOST_AUTO_TEST_CASE(G4_a_relay_without_encryption_is_not_worth_naming) {
  Guess guess(usual);
  guess.run({{"smtp.example.org:25", answers(ProbeVerdict::starttls_missing)}});
  BOOST_TEST(guess.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(G4_a_server_without_encryption_is_the_last_choice_where_plaintext_is_allowed) {
  constexpr bool allow_plaintext = true;
  Guess guess(usual, allow_plaintext);
  ProbeAnswer clear = answers(ProbeVerdict::starttls_missing);
  clear.mechanisms = {"PLAIN"};
  guess.run({{"imap.example.org:143", clear}, {"smtp.example.org:587", clear}, {"mail.example.org:587", speaks()}});
  BOOST_TEST(guess.incoming() == Texts{"imap imap.example.org:143 plain"}, per_element());
  BOOST_TEST(guess.outgoing() == Texts{"smtp mail.example.org:587 STARTTLS"}, per_element());
}

BOOST_AUTO_TEST_CASE(G3_a_refused_starttls_never_becomes_plaintext) {
  constexpr bool allow_plaintext = true;
  for (const auto verdict : {ProbeVerdict::starttls_refused, ProbeVerdict::plaintext_injection,
                             ProbeVerdict::preauthenticated, ProbeVerdict::turned_away}) {
    Guess guess(usual, allow_plaintext);
    guess.run({}, answers(verdict));
    BOOST_TEST(!guess.found);
  }
}

BOOST_AUTO_TEST_CASE(G21_the_ways_to_sign_in_are_those_offered_with_passwords_before_gssapi) {
  Guess guess(usual);
  guess.answer("imap.example.org:993", speaks({"GSSAPI", "NTLM", "CRAM-MD5", "PLAIN"}));
  BOOST_REQUIRE(guess.found);
  const std::vector expected{Authentication::password_encrypted, Authentication::password_cleartext,
                             Authentication::gssapi, Authentication::ntlm};
  BOOST_TEST((guess.found->incoming.at(0).authentication == expected));
}

BOOST_AUTO_TEST_CASE(G22_oauth2_is_exposed) {
  Guess guess(usual);
  guess.answer("imap.example.org:993", speaks({"XOAUTH2", "PLAIN"}));
  BOOST_REQUIRE(guess.found);
  BOOST_TEST((guess.found->incoming.at(0).authentication.front() == Authentication::oauth2));
}

BOOST_AUTO_TEST_CASE(P10_the_full_address_is_the_first_user_name_to_try) {
  Guess guess(usual);
  guess.answer("imap.example.org:993", speaks());
  BOOST_REQUIRE(guess.found);
  BOOST_TEST(guess.found->incoming.at(0).username == "%EMAILADDRESS%");
}

BOOST_AUTO_TEST_SUITE_END()
