// What every protocol refuses alike: strangers, silence, and too much.
#include <boost/test/unit_test.hpp>

#include "protocol/limits.h"
#include "protocol/probe_script.h"

using namespace mailconf;
using namespace mailconf::test;

namespace {

constexpr ServerType protocols[] = {ServerType::imap, ServerType::pop3, ServerType::smtp};

std::string first_command(ServerType type) {
  switch (type) {
    case ServerType::imap:
      return "a1 CAPABILITY\r\n";
    case ServerType::pop3:
      return "CAPA\r\n";
    default:
      return "EHLO [127.0.0.1]\r\n";
  }
}

std::string greeting(ServerType type) {
  switch (type) {
    case ServerType::imap:
      return "* OK ready";
    case ServerType::pop3:
      return "+OK ready";
    default:
      return "220 ready";
  }
}

// A reply line that calls for more lines.
std::string open_line(ServerType type, std::size_t length) {
  const std::string begin = type == ServerType::imap ? "* X " : type == ServerType::pop3 ? "+OK " : "250-";
  return begin + std::string(length - begin.size(), 'x');
}

}  // namespace

BOOST_AUTO_TEST_SUITE(probe_limits)

BOOST_AUTO_TEST_CASE(G12_a_web_server_is_another_protocol) {
  for (const ServerType type : protocols)
    check({type,
           SocketType::plain,
           {"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n<html>"},
           "",
           ends(ProbeVerdict::other_protocol, "HTTP/1.1 400 Bad Request")});
}

BOOST_AUTO_TEST_CASE(G12_nothing_is_said_before_the_greeting) {
  for (const ServerType type : protocols) {
    ProbeDialogue dialogue(type, SocketType::starttls);
    const ProbeDialogue::Action action = dialogue.on_connected();
    BOOST_TEST(action.send.empty());
    BOOST_TEST(!action.start_tls);
    BOOST_TEST(!action.finished);
    BOOST_TEST(!dialogue.outcome().has_value());
  }
}

BOOST_AUTO_TEST_CASE(G12_a_connection_closed_in_silence_is_a_failure) {
  for (const ServerType type : protocols)
    check({type, SocketType::starttls, {}, "", fails(FailureKind::closed, "closed before the greeting")});
}

BOOST_AUTO_TEST_CASE(the_greeting_of_one_protocol_is_foreign_to_the_others) {
  for (const ServerType type : protocols)
    for (const ServerType other : protocols)
      if (type != other)
        check({type,
               SocketType::plain,
               {greeting(other) + "\r\n"},
               "",
               ends(ProbeVerdict::other_protocol, greeting(other))});
}

BOOST_AUTO_TEST_CASE(a_record_of_tls_in_clear_is_recognised_by_its_first_octet) {
  for (const ServerType type : protocols)
    check({type,
           SocketType::plain,
           {std::string("\x15\x03\x01\x00\x02\x02\x28", 7)},
           "",
           ends(ProbeVerdict::other_protocol, "")});
}

BOOST_AUTO_TEST_CASE(octets_in_clear_where_tls_was_asked_for_are_another_protocol) {
  ProbeDialogue dialogue(ServerType::imap, SocketType::ssl);
  BOOST_TEST(dialogue.on_connected().start_tls);
  BOOST_TEST(dialogue.on_bytes("* OK ready\r\n").finished);
  BOOST_TEST(describe(*dialogue.outcome()) == describe(ends(ProbeVerdict::other_protocol, "")));
}

BOOST_AUTO_TEST_CASE(a_connection_closed_when_tls_was_to_begin_is_a_failure) {
  ProbeDialogue dialogue(ServerType::imap, SocketType::ssl);
  dialogue.on_connected();
  BOOST_TEST(dialogue.on_closed().finished);
  BOOST_TEST(describe(*dialogue.outcome()) == "closed: closed in place of the TLS handshake");
}

BOOST_AUTO_TEST_CASE(a_bare_line_feed_ends_a_line) {
  check({ServerType::imap,
         SocketType::plain,
         {"* OK ready\n", "* CAPABILITY IMAP4rev1\na1 OK\n"},
         "a1 CAPABILITY\r\na2 LOGOUT\r\n",
         speaks("* OK ready", "", "IMAP4rev1", "LOGIN")});
  check({ServerType::pop3,
         SocketType::plain,
         {"+OK ready\n", "+OK\nUSER\n.\n"},
         "CAPA\r\nQUIT\r\n",
         speaks("+OK ready", "", "USER", "USER")});
  check({ServerType::smtp,
         SocketType::plain,
         {"220 ready\n", "250-mx\n250 AUTH PLAIN\n"},
         "EHLO [127.0.0.1]\r\nQUIT\r\n",
         speaks("220 ready", "", "AUTH PLAIN", "PLAIN")});
}

BOOST_AUTO_TEST_CASE(control_characters_and_broken_utf8_do_not_come_through) {
  using namespace std::string_literals;
  check({ServerType::imap,
         SocketType::plain,
         {"* OK \x1b[31mred\0\xff\r\n"s, "* CAPABILITY IMAP4rev1 X\0Y \aZ\r\na1 OK\r\n"s},
         "a1 CAPABILITY\r\na2 LOGOUT\r\n",
         speaks("* OK ?[31mred??", "", "IMAP4rev1|X?Y|?Z", "LOGIN")});
}

BOOST_AUTO_TEST_CASE(a_greeting_is_kept_to_two_hundred_octets) {
  for (const ServerType type : protocols) {
    ProbeDialogue dialogue(type, SocketType::plain);
    dialogue.on_connected();
    dialogue.on_bytes("?" + std::string(1000, 'x') + "\r\n");
    BOOST_TEST(describe(*dialogue.outcome()) ==
               describe(ends(ProbeVerdict::other_protocol, "?" + std::string(199, 'x'))));
  }
}

BOOST_AUTO_TEST_CASE(a_line_of_eight_kibibytes_is_read_and_a_longer_one_refused) {
  const Answer refused = fails(FailureKind::too_large, "a line or the whole dialogue is too long");
  for (const ServerType type : protocols) {
    const std::string first = greeting(type) + "\r\n";
    check({type,
           SocketType::plain,
           {first, open_line(type, limits::mail_line - 1) + "\r\n"},
           first_command(type),
           fails(FailureKind::closed, "closed before the capabilities were listed")});
    check(
        {type, SocketType::plain, {first, open_line(type, limits::mail_line) + "\r\n"}, first_command(type), refused});
    check({type, SocketType::plain, {first, open_line(type, 2 * limits::mail_line)}, first_command(type), refused});
  }
}

BOOST_AUTO_TEST_CASE(a_dialogue_of_more_than_sixty_four_kibibytes_is_refused) {
  for (const ServerType type : protocols) {
    std::string much;
    for (int lines = 0; lines < 17; ++lines) much += open_line(type, 4094) + "\r\n";
    check({type,
           SocketType::plain,
           {greeting(type) + "\r\n", much},
           first_command(type),
           fails(FailureKind::too_large, "a line or the whole dialogue is too long")});
  }
}

BOOST_AUTO_TEST_CASE(a_literal_without_end_is_refused) {
  for (const std::string size : {"65536", "4294967296", "18446744073709551615"})
    check({ServerType::imap,
           SocketType::plain,
           {"* OK ready\r\n", "* X {" + size + "}\r\n"},
           first_command(ServerType::imap),
           fails(FailureKind::too_large, "a line or the whole dialogue is too long")});
}

BOOST_AUTO_TEST_CASE(after_the_end_nothing_changes_any_more) {
  ProbeDialogue dialogue(ServerType::pop3, SocketType::plain);
  dialogue.on_connected();
  dialogue.on_bytes("+OK ready\r\n");
  dialogue.on_bytes("+OK\r\nUSER\r\n.\r\n");
  const Answer outcome = *dialogue.outcome();
  for (const auto& action :
       {dialogue.on_bytes("+OK bye\r\n-ERR\r\n"), dialogue.on_tls_established(), dialogue.on_closed()}) {
    BOOST_TEST(action.send.empty());
    BOOST_TEST(action.finished);
  }
  BOOST_TEST(describe(*dialogue.outcome()) == describe(outcome));
}

BOOST_AUTO_TEST_CASE(G25_whatever_a_server_offers_nobody_logs_in) {
  check({ServerType::imap,
         SocketType::ssl,
         {"* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=ANONYMOUS] log in!\r\n"},
         "<TLS>a1 LOGOUT\r\n",
         speaks("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=ANONYMOUS] log in!", "",
                "IMAP4rev1|SASL-IR|AUTH=PLAIN|AUTH=ANONYMOUS", "PLAIN|ANONYMOUS|LOGIN")});
  check({ServerType::pop3,
         SocketType::ssl,
         {"+OK <1@x>\r\n", "+OK\r\nUSER\r\nSASL PLAIN\r\n.\r\n"},
         "<TLS>CAPA\r\nQUIT\r\n",
         speaks("+OK <1@x>", "", "USER|SASL PLAIN", "PLAIN|USER|APOP")});
  check({ServerType::smtp,
         SocketType::ssl,
         {"220 hi\r\n", "250-mx\r\n250 AUTH PLAIN LOGIN ANONYMOUS\r\n"},
         "<TLS>EHLO [127.0.0.1]\r\nQUIT\r\n",
         speaks("220 hi", "", "AUTH PLAIN LOGIN ANONYMOUS", "PLAIN|LOGIN|ANONYMOUS")});
}

BOOST_AUTO_TEST_SUITE_END()
