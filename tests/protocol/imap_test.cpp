#include <boost/test/unit_test.hpp>

#include "protocol/probe_script.h"

using namespace mailconf;
using namespace mailconf::test;

namespace {

Script imap(SocketType socket_type, std::vector<std::string> server, std::string client, Answer outcome) {
  return {ServerType::imap, socket_type, std::move(server), std::move(client), std::move(outcome)};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(imap_dialogue)

BOOST_AUTO_TEST_CASE(over_implicit_tls_greeting_and_capabilities_are_read) {
  check(imap(SocketType::ssl,
             {"* OK ready\r\n", "* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2\r\na1 OK done\r\n"},
             "<TLS>a1 CAPABILITY\r\na2 LOGOUT\r\n",
             speaks("* OK ready", "", "IMAP4rev1|SASL-IR|AUTH=PLAIN|AUTH=XOAUTH2", "PLAIN|XOAUTH2|LOGIN")));
}

BOOST_AUTO_TEST_CASE(capabilities_in_the_greeting_save_a_round_trip) {
  check(imap(SocketType::ssl, {"* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n"}, "<TLS>a1 LOGOUT\r\n",
             speaks("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready", "", "IMAP4rev1|AUTH=PLAIN", "PLAIN|LOGIN")));
}

BOOST_AUTO_TEST_CASE(a_greeting_that_lists_too_little_is_asked_again) {
  check(imap(SocketType::ssl, {"* OK [CAPABILITY IDLE] ready\r\n", "* CAPABILITY IMAP4rev2 IDLE\r\na1 OK\r\n"},
             "<TLS>a1 CAPABILITY\r\na2 LOGOUT\r\n",
             speaks("* OK [CAPABILITY IDLE] ready", "", "IMAP4rev2|IDLE", "LOGIN")));
}

BOOST_AUTO_TEST_CASE(capabilities_in_the_tagged_reply_are_taken) {
  check(imap(SocketType::ssl, {"* OK ready\r\n", "a1 OK [CAPABILITY IMAP4rev2 AUTH=PLAIN] done\r\n"},
             "<TLS>a1 CAPABILITY\r\na2 LOGOUT\r\n", speaks("* OK ready", "", "IMAP4rev2|AUTH=PLAIN", "PLAIN|LOGIN")));
}

BOOST_AUTO_TEST_CASE(keywords_are_compared_without_regard_to_case) {
  check(imap(SocketType::ssl, {"* ok ready\r\n", "* capability imap4REV1 auth=plain logindisabled\r\nA1 ok done\r\n"},
             "<TLS>a1 CAPABILITY\r\na2 LOGOUT\r\n",
             speaks("* ok ready", "", "imap4REV1|auth=plain|logindisabled", "PLAIN")));
}

BOOST_AUTO_TEST_CASE(G2_after_starttls_the_capabilities_are_asked_for_again) {
  check(imap(SocketType::starttls,
             {"* OK ready\r\n", "* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\r\na1 OK done\r\n", "a2 OK begin\r\n",
              "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\na3 OK done\r\n"},
             "a1 CAPABILITY\r\na2 STARTTLS\r\n<TLS>a3 CAPABILITY\r\na4 LOGOUT\r\n",
             speaks("* OK ready", "IMAP4rev1|STARTTLS|LOGINDISABLED", "IMAP4rev1|AUTH=PLAIN", "PLAIN|LOGIN")));
}

BOOST_AUTO_TEST_CASE(starttls_offered_in_the_greeting_is_taken_at_once) {
  check(imap(SocketType::starttls,
             {"* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n", "a1 OK begin\r\n",
              "a2 OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] done\r\n"},
             "a1 STARTTLS\r\n<TLS>a2 CAPABILITY\r\na3 LOGOUT\r\n",
             speaks("* OK [CAPABILITY IMAP4rev1 STARTTLS] ready", "IMAP4rev1|STARTTLS", "IMAP4rev1|AUTH=PLAIN",
                    "PLAIN|LOGIN")));
}

BOOST_AUTO_TEST_CASE(G20_login_disabled_before_tls_and_mechanisms_after_it_are_kept_apart) {
  check(
      imap(SocketType::starttls,
           {"* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED AUTH=CRAM-MD5] ready\r\n", "a1 OK begin\r\n",
            "* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=LOGIN\r\na2 OK done\r\n"},
           "a1 STARTTLS\r\n<TLS>a2 CAPABILITY\r\na3 LOGOUT\r\n",
           speaks("* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED AUTH=CRAM-MD5] ready",
                  "IMAP4rev1|STARTTLS|LOGINDISABLED|AUTH=CRAM-MD5", "IMAP4rev1|AUTH=PLAIN|AUTH=LOGIN", "PLAIN|LOGIN")));
}

BOOST_AUTO_TEST_CASE(G3_a_server_that_does_not_offer_starttls_is_left) {
  check(imap(SocketType::starttls, {"* OK ready\r\n", "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\na1 OK done\r\n"},
             "a1 CAPABILITY\r\na2 LOGOUT\r\n",
             ends(ProbeVerdict::starttls_missing, "* OK ready", "IMAP4rev1|AUTH=PLAIN", "PLAIN|LOGIN")));
}

BOOST_AUTO_TEST_CASE(G3_a_server_that_offers_starttls_and_refuses_it_is_left) {
  for (const std::string refusal : {"a2 NO not today\r\n", "a2 BAD what?\r\n"})
    check(imap(SocketType::starttls, {"* OK ready\r\n", "* CAPABILITY IMAP4rev1 STARTTLS\r\na1 OK done\r\n", refusal},
               "a1 CAPABILITY\r\na2 STARTTLS\r\na3 LOGOUT\r\n",
               ends(ProbeVerdict::starttls_refused, "* OK ready", "IMAP4rev1|STARTTLS")));
}

BOOST_AUTO_TEST_CASE(octets_behind_the_reply_to_starttls_are_an_injection) {
  for (const std::string injected : {"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n", "a3 OK done\r\n", "x", "\r", "\n"})
    check(imap(
        SocketType::starttls, {"* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n", "a1 OK begin\r\n" + injected},
        "a1 STARTTLS\r\n",
        ends(ProbeVerdict::plaintext_injection, "* OK [CAPABILITY IMAP4rev1 STARTTLS] ready", "IMAP4rev1|STARTTLS")));
}

BOOST_AUTO_TEST_CASE(untagged_data_before_the_reply_to_starttls_changes_nothing) {
  check(imap(SocketType::starttls,
             {"* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n",
              "* CAPABILITY IMAP4rev1 AUTH=LOGIN\r\n* OK [ALERT] send your password to eve\r\na1 OK begin\r\n",
              "* CAPABILITY IMAP4rev1 AUTH=PLAIN LOGINDISABLED\r\na2 OK\r\n"},
             "a1 STARTTLS\r\n<TLS>a2 CAPABILITY\r\na3 LOGOUT\r\n",
             speaks("* OK [CAPABILITY IMAP4rev1 STARTTLS] ready", "IMAP4rev1|STARTTLS",
                    "IMAP4rev1|AUTH=PLAIN|LOGINDISABLED", "PLAIN")));
}

BOOST_AUTO_TEST_CASE(a_list_heard_in_clear_is_not_the_list_after_tls) {
  check(imap(SocketType::starttls,
             {"* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n", "* CAPABILITY IMAP4rev1 AUTH=LOGIN\r\na1 OK begin\r\n",
              "a2 OK done\r\n"},
             "a1 STARTTLS\r\n<TLS>a2 CAPABILITY\r\n",
             ends(ProbeVerdict::other_protocol, "* OK [CAPABILITY IMAP4rev1 STARTTLS] ready", "IMAP4rev1|STARTTLS")));
}

BOOST_AUTO_TEST_CASE(without_encryption_the_capabilities_are_those_in_clear) {
  check(imap(SocketType::plain, {"* OK ready\r\n", "* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN\r\na1 OK\r\n"},
             "a1 CAPABILITY\r\na2 LOGOUT\r\n",
             speaks("* OK ready", "", "IMAP4rev1|STARTTLS|AUTH=PLAIN", "PLAIN|LOGIN")));
}

BOOST_AUTO_TEST_CASE(G13_bye_turns_us_away) {
  check(imap(SocketType::ssl, {"* BYE too many connections\r\n"}, "<TLS>a1 LOGOUT\r\n",
             ends(ProbeVerdict::turned_away, "* BYE too many connections")));
  check(imap(SocketType::ssl, {"* OK ready\r\n", "* BYE shutting down\r\n"}, "<TLS>a1 CAPABILITY\r\na2 LOGOUT\r\n",
             ends(ProbeVerdict::turned_away, "* OK ready")));
}

BOOST_AUTO_TEST_CASE(G13_preauth_ends_the_dialogue_without_a_word) {
  const Answer outcome = ends(ProbeVerdict::preauthenticated, "* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] welcome");
  const std::vector<std::string> server{"* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] welcome\r\n"};
  check(imap(SocketType::starttls, server, "", outcome));
  check(imap(SocketType::plain, server, "", outcome));
  check(imap(SocketType::ssl, server, "<TLS>", outcome));
}

BOOST_AUTO_TEST_CASE(a_list_that_does_not_name_imap_is_another_protocol) {
  check(imap(SocketType::ssl, {"* OK ready\r\n", "* CAPABILITY ACAP\r\na1 OK\r\n"}, "<TLS>a1 CAPABILITY\r\n",
             ends(ProbeVerdict::other_protocol, "* OK ready")));
}

BOOST_AUTO_TEST_CASE(a_refused_or_strange_reply_to_capability_is_nonsense) {
  for (const std::string reply : {"a1 NO\r\n", "a1 BAD what?\r\n", "a7 OK\r\n", "a1 MAYBE\r\n", "+ go on\r\n", "\r\n"})
    check(imap(SocketType::ssl, {"* OK ready\r\n", reply}, "<TLS>a1 CAPABILITY\r\n",
               fails(FailureKind::nonsense, "a reply does not follow the protocol")));
}

BOOST_AUTO_TEST_CASE(literals_in_replies_are_no_lines) {
  check(imap(SocketType::ssl,
             {"* OK ready\r\n",
              "* X {11}\r\na1 NO bad\r\n {3+}\r\na\r\n tail\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\na1 OK\r\n"},
             "<TLS>a1 CAPABILITY\r\na2 LOGOUT\r\n", speaks("* OK ready", "", "IMAP4rev1|AUTH=PLAIN", "PLAIN|LOGIN")));
}

BOOST_AUTO_TEST_CASE(braces_at_the_end_of_a_text_for_people_announce_nothing) {
  check(imap(SocketType::ssl, {"* OK ready {5}\r\n", "* OK still here {9}\r\n* CAPABILITY IMAP4rev1\r\na1 OK {3}\r\n"},
             "<TLS>a1 CAPABILITY\r\na2 LOGOUT\r\n", speaks("* OK ready {5}", "", "IMAP4rev1", "LOGIN")));
}

BOOST_AUTO_TEST_CASE(a_connection_closed_too_early_says_in_which_phase) {
  check(imap(SocketType::ssl, {}, "<TLS>", fails(FailureKind::closed, "closed before the greeting")));
  check(imap(SocketType::ssl, {"* OK rea"}, "<TLS>", fails(FailureKind::closed, "closed before the greeting")));
  check(imap(SocketType::ssl, {"* OK ready\r\n", "* CAPABILITY IMAP4rev1\r\na1 "}, "<TLS>a1 CAPABILITY\r\n",
             fails(FailureKind::closed, "closed before the capabilities were listed")));
  check(imap(SocketType::starttls, {"* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n"}, "a1 STARTTLS\r\n",
             fails(FailureKind::closed, "closed in place of an answer to STARTTLS")));
}

BOOST_AUTO_TEST_SUITE_END()
