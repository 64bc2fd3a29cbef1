#include <boost/test/unit_test.hpp>

#include "protocol/probe_script.h"

using namespace mailconf;
using namespace mailconf::test;

namespace {

Script smtp(SocketType socket_type, std::vector<std::string> server, std::string client, Answer outcome) {
  return {ServerType::smtp, socket_type, std::move(server), std::move(client), std::move(outcome)};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(smtp_dialogue)

BOOST_AUTO_TEST_CASE(over_implicit_tls_greeting_and_extensions_are_read) {
  check(smtp(SocketType::ssl,
             {"220 mail.example.org ESMTP\r\n",
              "250-mail.example.org hello\r\n250-SIZE 52428800\r\n250-auth plain LOGIN\r\n250 8BITMIME\r\n"},
             "<TLS>EHLO [127.0.0.1]\r\nQUIT\r\n",
             speaks("220 mail.example.org ESMTP", "", "SIZE 52428800|auth plain LOGIN|8BITMIME", "PLAIN|LOGIN")));
}

BOOST_AUTO_TEST_CASE(G2_after_starttls_ehlo_is_said_again) {
  check(smtp(SocketType::starttls,
             {"220 ready\r\n", "250-mx\r\n250 STARTTLS\r\n", "220 go ahead\r\n", "250-mx\r\n250 AUTH PLAIN\r\n"},
             "EHLO [127.0.0.1]\r\nSTARTTLS\r\n<TLS>EHLO [127.0.0.1]\r\nQUIT\r\n",
             speaks("220 ready", "STARTTLS", "AUTH PLAIN", "PLAIN")));
}

BOOST_AUTO_TEST_CASE(G20_mechanisms_in_clear_do_not_count) {
  check(smtp(SocketType::starttls,
             {"220 ready\r\n", "250-mx\r\n250-AUTH CRAM-MD5\r\n250 STARTTLS\r\n", "220 go\r\n",
              "250-mx\r\n250 AUTH PLAIN\r\n"},
             "EHLO [127.0.0.1]\r\nSTARTTLS\r\n<TLS>EHLO [127.0.0.1]\r\nQUIT\r\n",
             speaks("220 ready", "AUTH CRAM-MD5|STARTTLS", "AUTH PLAIN", "PLAIN")));
}

BOOST_AUTO_TEST_CASE(repeated_and_old_auth_lines_are_united) {
  check(smtp(SocketType::ssl,
             {"220 ready\r\n", "250-mx\r\n250-AUTH PLAIN LOGIN\r\n250-AUTH=PLAIN LOGIN\r\n250 AUTH XOAUTH2\r\n"},
             "<TLS>EHLO [127.0.0.1]\r\nQUIT\r\n",
             speaks("220 ready", "", "AUTH PLAIN LOGIN|AUTH=PLAIN LOGIN|AUTH XOAUTH2", "PLAIN|LOGIN|XOAUTH2")));
}

BOOST_AUTO_TEST_CASE(a_greeting_may_have_several_lines_and_replies_no_text) {
  check(smtp(SocketType::ssl, {"220-mx.example.org\r\n220-no spam\r\n220\r\n", "250\r\n"},
             "<TLS>EHLO [127.0.0.1]\r\nQUIT\r\n", speaks("220-mx.example.org", "", "", "")));
}

BOOST_AUTO_TEST_CASE(G3_starttls_not_offered_ends_the_probe) {
  check(smtp(SocketType::starttls, {"220 ready\r\n", "250-mx\r\n250 AUTH PLAIN\r\n"}, "EHLO [127.0.0.1]\r\nQUIT\r\n",
             ends(ProbeVerdict::starttls_missing, "220 ready", "AUTH PLAIN", "PLAIN")));
}

BOOST_AUTO_TEST_CASE(G3_starttls_offered_and_refused_ends_the_probe) {
  for (const std::string refusal : {"454 TLS not available\r\n", "501 syntax\r\n", "250 fine, but no\r\n"})
    check(smtp(SocketType::starttls, {"220 ready\r\n", "250-mx\r\n250 STARTTLS\r\n", refusal},
               "EHLO [127.0.0.1]\r\nSTARTTLS\r\nQUIT\r\n",
               ends(ProbeVerdict::starttls_refused, "220 ready", "STARTTLS")));
}

BOOST_AUTO_TEST_CASE(octets_behind_the_reply_to_starttls_are_an_injection) {
  for (const std::string injected : {"250-mx\r\n250 AUTH PLAIN\r\n", "2", "\r\n"})
    check(smtp(SocketType::starttls, {"220 ready\r\n", "250-mx\r\n250 STARTTLS\r\n", "220 go ahead\r\n" + injected},
               "EHLO [127.0.0.1]\r\nSTARTTLS\r\n", ends(ProbeVerdict::plaintext_injection, "220 ready", "STARTTLS")));
}

BOOST_AUTO_TEST_CASE(G13_a_busy_or_closed_service_turns_us_away) {
  for (const std::string greeting : {"421 too busy", "554 no service", "450 later"})
    check(smtp(SocketType::starttls, {greeting + "\r\n"}, "QUIT\r\n", ends(ProbeVerdict::turned_away, greeting)));
  check(smtp(SocketType::ssl, {"220 ready\r\n", "421 shutting down\r\n"}, "<TLS>EHLO [127.0.0.1]\r\nQUIT\r\n",
             ends(ProbeVerdict::turned_away, "220 ready")));
  check(smtp(SocketType::ssl, {"220 ready\r\n", "550 not from there\r\n"}, "<TLS>EHLO [127.0.0.1]\r\nQUIT\r\n",
             ends(ProbeVerdict::turned_away, "220 ready")));
}

BOOST_AUTO_TEST_CASE(a_file_server_greets_alike_and_does_not_know_ehlo) {
  for (const std::string reply : {"500 unknown command\r\n", "502 not here\r\n", "530 please log in\r\n"})
    check(smtp(SocketType::starttls, {"220 files.example.org\r\n", reply}, "EHLO [127.0.0.1]\r\n",
               ends(ProbeVerdict::other_protocol, "220 files.example.org")));
}

BOOST_AUTO_TEST_CASE(a_news_server_is_another_protocol) {
  check(smtp(SocketType::plain, {"200 news.example.org\r\n"}, "",
             ends(ProbeVerdict::other_protocol, "200 news.example.org")));
}

BOOST_AUTO_TEST_CASE(lines_of_a_reply_must_agree_in_their_code) {
  check(smtp(SocketType::ssl, {"220 ready\r\n", "250-mx\r\n220 AUTH PLAIN\r\n"}, "<TLS>EHLO [127.0.0.1]\r\n",
             fails(FailureKind::nonsense, "a reply does not follow the protocol")));
}

BOOST_AUTO_TEST_CASE(malformed_replies_are_nonsense) {
  for (const std::string reply :
       {"25\r\n", "2500 mx\r\n", "250x\r\n", "abc def\r\n", "\r\n", "950 mx\r\n", "354 go\r\n"})
    check(smtp(SocketType::ssl, {"220 ready\r\n", reply}, "<TLS>EHLO [127.0.0.1]\r\n",
               fails(FailureKind::nonsense, "a reply does not follow the protocol")));
}

BOOST_AUTO_TEST_CASE(G24_the_name_in_ehlo_is_the_loopback_literal) {
  ProbeDialogue dialogue(ServerType::smtp, SocketType::plain);
  dialogue.on_connected();
  BOOST_TEST(dialogue.on_bytes("220 ready\r\n").send == "EHLO [127.0.0.1]\r\n");
}

BOOST_AUTO_TEST_SUITE_END()
