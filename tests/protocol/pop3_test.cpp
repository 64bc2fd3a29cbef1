#include <boost/test/unit_test.hpp>

#include "protocol/probe_script.h"

using namespace mailconf;
using namespace mailconf::test;

namespace {

Script pop3(SocketType socket_type, std::vector<std::string> server, std::string client, Answer outcome) {
  return {ServerType::pop3, socket_type, std::move(server), std::move(client), std::move(outcome)};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pop3_dialogue)

BOOST_AUTO_TEST_CASE(over_implicit_tls_greeting_and_capabilities_are_read) {
  check(pop3(SocketType::ssl,
             {"+OK ready\r\n", "+OK list follows\r\nTOP\r\nUSER\r\nSASL PLAIN login\r\nIMPLEMENTATION x y\r\n.\r\n"},
             "<TLS>CAPA\r\nQUIT\r\n",
             speaks("+OK ready", "", "TOP|USER|SASL PLAIN login|IMPLEMENTATION x y", "PLAIN|LOGIN|USER")));
}

BOOST_AUTO_TEST_CASE(G2_after_stls_the_capabilities_are_asked_for_again) {
  check(pop3(SocketType::starttls,
             {"+OK ready\r\n", "+OK\r\nSTLS\r\n.\r\n", "+OK begin\r\n", "+OK\r\nUSER\r\nSASL PLAIN\r\n.\r\n"},
             "CAPA\r\nSTLS\r\n<TLS>CAPA\r\nQUIT\r\n", speaks("+OK ready", "STLS", "USER|SASL PLAIN", "PLAIN|USER")));
}

BOOST_AUTO_TEST_CASE(an_old_server_without_a_list_has_user_and_pass) {
  check(pop3(SocketType::ssl, {"+OK ready\r\n", "-ERR unknown command\r\n"}, "<TLS>CAPA\r\nQUIT\r\n",
             speaks("+OK ready", "", "", "USER")));
}

BOOST_AUTO_TEST_CASE(a_list_without_user_forbids_the_command) {
  check(pop3(SocketType::ssl, {"+OK ready\r\n", "+OK\r\n.\r\n"}, "<TLS>CAPA\r\nQUIT\r\n",
             speaks("+OK ready", "", "", "")));
}

BOOST_AUTO_TEST_CASE(an_old_server_may_know_stls_all_the_same) {
  check(pop3(SocketType::starttls, {"+OK ready\r\n", "-ERR\r\n", "+OK begin\r\n", "-ERR\r\n"},
             "CAPA\r\nSTLS\r\n<TLS>CAPA\r\nQUIT\r\n", speaks("+OK ready", "", "", "USER")));
  check(pop3(SocketType::starttls, {"+OK ready\r\n", "-ERR\r\n", "-ERR\r\n"}, "CAPA\r\nSTLS\r\nQUIT\r\n",
             ends(ProbeVerdict::starttls_missing, "+OK ready", "", "USER")));
}

BOOST_AUTO_TEST_CASE(G3_stls_not_offered_or_refused_ends_the_probe) {
  check(pop3(SocketType::starttls, {"+OK ready\r\n", "+OK\r\nUSER\r\n.\r\n"}, "CAPA\r\nQUIT\r\n",
             ends(ProbeVerdict::starttls_missing, "+OK ready", "USER", "USER")));
  check(pop3(SocketType::starttls, {"+OK ready\r\n", "+OK\r\nSTLS\r\n.\r\n", "-ERR no\r\n"}, "CAPA\r\nSTLS\r\nQUIT\r\n",
             ends(ProbeVerdict::starttls_refused, "+OK ready", "STLS")));
}

BOOST_AUTO_TEST_CASE(octets_behind_the_reply_to_stls_are_an_injection) {
  check(pop3(SocketType::starttls, {"+OK ready\r\n", "+OK\r\nSTLS\r\n.\r\n", "+OK begin\r\n+OK\r\nUSER\r\n.\r\n"},
             "CAPA\r\nSTLS\r\n", ends(ProbeVerdict::plaintext_injection, "+OK ready", "STLS")));
}

BOOST_AUTO_TEST_CASE(a_timestamp_in_the_greeting_offers_apop) {
  check(pop3(SocketType::ssl, {"+OK hi <1896.697170952@mail.example.org>\r\n", "+OK\r\nUSER\r\n.\r\n"},
             "<TLS>CAPA\r\nQUIT\r\n", speaks("+OK hi <1896.697170952@mail.example.org>", "", "USER", "USER|APOP")));
  check(pop3(SocketType::ssl, {"+OK hi <friend>\r\n", "+OK\r\nUSER\r\n.\r\n"}, "<TLS>CAPA\r\nQUIT\r\n",
             speaks("+OK hi <friend>", "", "USER", "USER")));
}

BOOST_AUTO_TEST_CASE(a_timestamp_heard_in_clear_is_forgotten_when_tls_begins) {
  check(pop3(SocketType::starttls,
             {"+OK <1@mail.example.org>\r\n", "+OK\r\nSTLS\r\n.\r\n", "+OK\r\n", "+OK\r\nUSER\r\n.\r\n"},
             "CAPA\r\nSTLS\r\n<TLS>CAPA\r\nQUIT\r\n", speaks("+OK <1@mail.example.org>", "STLS", "USER", "USER")));
}

BOOST_AUTO_TEST_CASE(dots_that_were_stuffed_are_taken_out) {
  check(pop3(SocketType::ssl, {"+OK\r\n", "+OK\r\n..X\r\nUSER\r\n\r\n.\r\n"}, "<TLS>CAPA\r\nQUIT\r\n",
             speaks("+OK", "", ".X|USER", "USER")));
}

BOOST_AUTO_TEST_CASE(G13_err_as_a_greeting_turns_us_away) {
  check(pop3(SocketType::ssl, {"-ERR [SYS/TEMP] later\r\n"}, "<TLS>QUIT\r\n",
             ends(ProbeVerdict::turned_away, "-ERR [SYS/TEMP] later")));
}

BOOST_AUTO_TEST_CASE(a_reply_without_an_indicator_is_nonsense) {
  check(pop3(SocketType::ssl, {"+OK\r\n", "* OK\r\n"}, "<TLS>CAPA\r\n",
             fails(FailureKind::nonsense, "a reply does not follow the protocol")));
  check(pop3(SocketType::starttls, {"+OK\r\n", "+OK\r\nSTLS\r\n.\r\n", "220 go\r\n"}, "CAPA\r\nSTLS\r\n",
             fails(FailureKind::nonsense, "a reply does not follow the protocol")));
}

BOOST_AUTO_TEST_CASE(a_list_that_breaks_off_is_no_list) {
  check(pop3(SocketType::ssl, {"+OK\r\n", "+OK\r\nUSER\r\n"}, "<TLS>CAPA\r\n",
             fails(FailureKind::closed, "closed before the capabilities were listed")));
}

BOOST_AUTO_TEST_SUITE_END()
