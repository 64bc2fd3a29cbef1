// A login from the greeting to the farewell: the server's turns, the client's octets, and what came of it.
#include "protocol/login_dialogue.h"

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "model/text.h"
#include "sasl/sasl.h"

using namespace mailconf;

namespace {

struct Turns {
  ServerType type;
  std::vector<std::string> server;  // what it says first, and after each turn of the client
  SocketType socket_type = SocketType::ssl;
  std::string password = "secret";
  std::string token = {};
  std::string username = "alice";
};

std::string describe(const Answer& answer) {
  if (const auto* failure = std::get_if<Failure>(&answer))
    return fmt::format("{}: {}", to_string(failure->kind), failure->detail);
  const auto& login = std::get<LoginAnswer>(answer);
  return fmt::format("{} {} {}", to_string(login.outcome), login.mechanism, login.reason);
}

LoginQuestion question(const Turns& turns) {
  auto credentials = std::make_shared<Credentials>();
  credentials->password = Secret(turns.password);
  credentials->token = Secret(turns.token);
  return {{turns.type, "mail.example.org", 993, turns.socket_type}, turns.username, credentials};
}

class Player {
 public:
  explicit Player(const Turns& turns) : dialogue_(question(turns), "NONCE") {}

  std::string play(const std::vector<std::string>& server, std::size_t octets_a_piece) {
    heed(dialogue_.on_connected());
    for (const std::string& turn : server) {
      for (std::size_t at = 0; at < turn.size() && !dialogue_.outcome(); at += octets_a_piece)
        heed(dialogue_.on_bytes(std::string_view(turn).substr(at, octets_a_piece)));
      if (wants_tls_) shake_hands();
    }
    if (!dialogue_.outcome()) heed(dialogue_.on_closed());
    return client_ + "=> " + describe(dialogue_.outcome().value());
  }

 private:
  void heed(const LoginDialogue::Action& action) {
    client_ += action.send.text();
    if (action.start_tls) wants_tls_ = true;
    if (wants_tls_ && client_.empty()) shake_hands();
    BOOST_TEST(action.finished == dialogue_.outcome().has_value());
  }

  void shake_hands() {
    wants_tls_ = false;
    client_ += "<TLS>";
    heed(dialogue_.on_tls_established());
  }

  LoginDialogue dialogue_;
  std::string client_;
  bool wants_tls_ = false;
};

// The same however the octets are cut.
std::string played(const Turns& turns) {
  const std::string whole = Player(turns).play(turns.server, 1 << 20);
  BOOST_TEST(Player(turns).play(turns.server, 1) == whole);
  BOOST_TEST(Player(turns).play(turns.server, 7) == whole);
  return whole;
}

std::string base64(std::string_view octets) { return std::string(encode_base64(octets).text()); }

std::string imap_greeting(const std::string& capabilities) {
  return "* OK [CAPABILITY IMAP4rev1 " + capabilities + "] ready\r\n";
}

const std::string plain_octets("\0alice\0secret", 13);

}  // namespace

BOOST_AUTO_TEST_SUITE(login_dialogue)

BOOST_AUTO_TEST_CASE(IMAP_PLAIN_in_one_round_trip_where_the_server_allows_it) {
  BOOST_TEST(played({ServerType::imap,
                     {imap_greeting("SASL-IR AUTH=PLAIN LOGINDISABLED"), "* CAPABILITY X\r\nl1 OK in\r\n"}}) ==
             "<TLS>l1 AUTHENTICATE PLAIN " + base64(plain_octets) + "\r\nl2 LOGOUT\r\n=> accepted PLAIN ");
}

BOOST_AUTO_TEST_CASE(IMAP_PLAIN_waits_to_be_asked_where_it_must) {
  BOOST_TEST(played({ServerType::imap, {imap_greeting("AUTH=PLAIN"), "+ \r\n", "l1 OK in\r\n"}}) ==
             "<TLS>l1 AUTHENTICATE PLAIN\r\n" + base64(plain_octets) + "\r\nl2 LOGOUT\r\n=> accepted PLAIN ");
}

BOOST_AUTO_TEST_CASE(IMAP_without_mechanisms_logs_in_by_command_with_what_must_be_escaped) {
  Turns turns{ServerType::imap, {imap_greeting("IDLE"), "l1 OK in\r\n"}};
  turns.password = R"(a"b\c)";
  BOOST_TEST(played(turns) == "<TLS>l1 LOGIN \"alice\" \"a\\\"b\\\\c\"\r\nl2 LOGOUT\r\n=> accepted LOGIN ");
}

BOOST_AUTO_TEST_CASE(a_password_that_the_command_cannot_hold_is_not_sent) {
  Turns turns{ServerType::imap, {imap_greeting("IDLE")}};
  turns.password = "pass\r\nl3 DELETE INBOX";
  BOOST_TEST(played(turns) == "<TLS>l2 LOGOUT\r\n=> no-mechanism  the server offers LOGIN");
}

BOOST_AUTO_TEST_CASE(after_STARTTLS_the_login_goes_through_TLS) {
  Turns turns{ServerType::imap,
              {"* OK ready\r\n", "* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\r\na1 OK\r\n", "a2 OK begin\r\n",
               "* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\na3 OK\r\n", "l1 OK in\r\n"},
              SocketType::starttls};
  BOOST_TEST(played(turns) == "a1 CAPABILITY\r\na2 STARTTLS\r\n<TLS>a3 CAPABILITY\r\nl1 AUTHENTICATE PLAIN " +
                                  base64(plain_octets) + "\r\nl2 LOGOUT\r\n=> accepted PLAIN ");
}

BOOST_AUTO_TEST_CASE(Z7_where_STARTTLS_is_stripped_nothing_is_sent) {
  Turns turns{
      ServerType::imap, {"* OK ready\r\n", "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\na1 OK\r\n"}, SocketType::starttls};
  BOOST_TEST(played(turns) == "a1 CAPABILITY\r\na2 LOGOUT\r\n=> tls-failed  the server does not offer TLS");
}

BOOST_AUTO_TEST_CASE(Z6_without_encryption_nothing_is_sent_at_all) {
  BOOST_TEST(played({ServerType::imap, {imap_greeting("AUTH=PLAIN")}, SocketType::plain}) ==
             "=> tls-failed  the server is not encrypted");
}

BOOST_AUTO_TEST_CASE(refusals_of_IMAP_are_told_apart_by_their_codes) {
  const std::pair<const char*, const char*> replies[] = {
      {"NO [AUTHENTICATIONFAILED] Authentication failed.", "refused"},
      {"NO Login failed", "refused"},
      {"NO [UNAVAILABLE] Temporary failure", "unavailable"},
      {"NO [LIMIT] Slow down", "rate-limited"},
      {"NO Too many login attempts", "rate-limited"},
      {"NO [PRIVACYREQUIRED] TLS please", "no-mechanism"},
      {"BAD Unknown command", "no-mechanism"},
  };
  for (const auto& [reply, outcome] : replies) {
    const auto text =
        played({ServerType::imap, {imap_greeting("SASL-IR AUTH=PLAIN"), fmt::format("l1 {}\r\n", reply)}});
    BOOST_TEST(text.find(fmt::format("=> {} PLAIN the server answers \"", outcome)) != std::string::npos, text);
  }
}

BOOST_AUTO_TEST_CASE(POP3_by_SASL_and_by_its_commands) {
  BOOST_TEST(played({ServerType::pop3, {"+OK ready\r\n", "+OK\r\nSASL PLAIN\r\nUSER\r\n.\r\n", "+OK in\r\n"}}) ==
             "<TLS>CAPA\r\nAUTH PLAIN " + base64(plain_octets) + "\r\nQUIT\r\n=> accepted PLAIN ");
  BOOST_TEST(played({ServerType::pop3, {"+OK ready\r\n", "+OK\r\nUSER\r\n.\r\n", "+OK\r\n", "+OK in\r\n"}}) ==
             "<TLS>CAPA\r\nUSER alice\r\nPASS secret\r\nQUIT\r\n=> accepted USER ");
  BOOST_TEST(played({ServerType::pop3, {"+OK ready\r\n", "+OK\r\nUSER\r\n.\r\n", "+OK\r\n", "-ERR [AUTH] no\r\n"}}) ==
             "<TLS>CAPA\r\nUSER alice\r\nPASS secret\r\nQUIT\r\n=> refused USER the server answers \"[AUTH] no\"");
  BOOST_TEST(played({ServerType::pop3, {"+OK ready\r\n", "+OK\r\nUSER\r\n.\r\n", "+OK\r\n", "-ERR [IN-USE] busy\r\n"}})
                 .find("=> unavailable USER") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(POP3_holds_back_what_is_too_long_for_a_command) {
  Turns turns{ServerType::pop3, {"+OK ready\r\n", "+OK\r\nSASL PLAIN\r\n.\r\n", "+ \r\n", "+OK in\r\n"}};
  turns.password = std::string(200, 'x');
  BOOST_TEST(played(turns) == "<TLS>CAPA\r\nAUTH PLAIN\r\n" + base64(std::string("\0alice\0", 7) + turns.password) +
                                  "\r\nQUIT\r\n=> accepted PLAIN ");
}

BOOST_AUTO_TEST_CASE(SMTP_by_LOGIN_answers_two_prompts) {
  BOOST_TEST(played({ServerType::smtp,
                     {"220 ready\r\n", "250-mail\r\n250 AUTH LOGIN\r\n", "334 VXNlcm5hbWU6\r\n", "334 UGFzc3dvcmQ6\r\n",
                      "235 2.7.0 in\r\n"}}) == "<TLS>EHLO [127.0.0.1]\r\nAUTH LOGIN\r\n" + base64("alice") + "\r\n" +
                                                   base64("secret") + "\r\nQUIT\r\n=> accepted LOGIN ");
}

BOOST_AUTO_TEST_CASE(refusals_of_SMTP_are_told_apart_by_their_codes) {
  const std::pair<const char*, const char*> replies[] = {
      {"535 5.7.8 Bad credentials", "refused"},           {"454 4.7.0 Temporary failure", "unavailable"},
      {"421 4.7.0 Too many errors", "rate-limited"},      {"504 5.5.4 Unrecognised", "no-mechanism"},
      {"538 5.7.11 Encryption required", "no-mechanism"}, {"550 5.1.1 no", "refused"},
  };
  for (const auto& [reply, outcome] : replies) {
    const auto text =
        played({ServerType::smtp, {"220 ready\r\n", "250-mail\r\n250 AUTH PLAIN\r\n", fmt::format("{}\r\n", reply)}});
    BOOST_TEST(text.find(fmt::format("=> {} PLAIN the server answers \"{}", outcome,
                                     std::string(reply).substr(0, 3))) != std::string::npos,
               text);
  }
}

BOOST_AUTO_TEST_CASE(a_token_is_used_and_its_refusal_is_brought_to_the_end) {
  Turns turns{
      ServerType::smtp,
      {"220 ready\r\n", "250-mail\r\n250 AUTH XOAUTH2\r\n", "334 eyJzdGF0dXMiOiI0MDAifQ==\r\n", "535 5.7.8 no\r\n"}};
  turns.password.clear();
  turns.token = "t0k";
  BOOST_TEST(played(turns) == "<TLS>EHLO [127.0.0.1]\r\nAUTH XOAUTH2 " + base64("user=alice\1auth=Bearer t0k\1\1") +
                                  "\r\n\r\nQUIT\r\n=> refused XOAUTH2 the server answers \"535 5.7.8 no\"");
}

BOOST_AUTO_TEST_CASE(SCRAM_sends_no_password_and_is_accepted_only_with_a_proof) {
  const auto challenge = base64("r=NONCEserver,s=QSXCR+Q6sek8bf92,i=4096");
  const auto text =
      played({ServerType::imap,
              {imap_greeting("SASL-IR AUTH=SCRAM-SHA-256 AUTH=PLAIN"), "+ " + challenge + "\r\n", "l1 OK in\r\n"}});
  BOOST_TEST(text.find(base64(plain_octets)) == std::string::npos);
  BOOST_TEST(text.ends_with("=> not-understood SCRAM-SHA-256 the server accepts the login before it has proven that it "
                            "knows the password"),
             text);
}

BOOST_AUTO_TEST_CASE(a_false_proof_ends_the_exchange) {
  const auto text = played({ServerType::imap,
                            {imap_greeting("SASL-IR AUTH=SCRAM-SHA-256"),
                             "+ " + base64("r=NONCEserver,s=QSXCR+Q6sek8bf92,i=4096") + "\r\n", "+ dj1BQUFB\r\n"}});
  BOOST_TEST(text.ends_with("*\r\n=> not-understood SCRAM-SHA-256 the server cannot prove that it knows the password"),
             text);
}

BOOST_AUTO_TEST_CASE(credentials_that_no_mechanism_takes_are_not_sent) {
  Turns turns{ServerType::imap, {imap_greeting("AUTH=XOAUTH2 LOGINDISABLED")}};
  BOOST_TEST(played(turns) == "<TLS>l2 LOGOUT\r\n=> no-mechanism  the server offers XOAUTH2");
}

BOOST_AUTO_TEST_CASE(a_server_that_hangs_up_or_talks_nonsense_is_told_so) {
  BOOST_TEST(played({ServerType::imap, {imap_greeting("SASL-IR AUTH=PLAIN")}})
                 .ends_with("=> unavailable PLAIN the server closed the connection during the login"));
  BOOST_TEST(played({ServerType::imap, {imap_greeting("SASL-IR AUTH=PLAIN"), "* BYE Too many connections\r\n"}})
                 .ends_with("=> rate-limited PLAIN the server answers \"Too many connections\""));
  BOOST_TEST(played({ServerType::imap, {imap_greeting("SASL-IR AUTH=PLAIN"), "hello\r\n"}})
                 .ends_with("=> not-understood PLAIN a reply does not follow the protocol"));
  BOOST_TEST(played({ServerType::imap, {imap_greeting("AUTH=LOGIN"), "+ !!!\r\n"}, SocketType::ssl, "s", ""})
                 .find("not-understood") != std::string::npos);
  BOOST_TEST(played({ServerType::imap, {imap_greeting("SASL-IR AUTH=PLAIN"), std::string(100000, 'x')}})
                 .ends_with("=> not-understood PLAIN the server's answer is too long"));
}

BOOST_AUTO_TEST_CASE(a_login_that_is_not_answered_in_time_is_told_from_a_server_that_is_not_there) {
  LoginDialogue dialogue(question({ServerType::imap, {}}), "NONCE");
  dialogue.on_connected();
  dialogue.on_tls_established();
  BOOST_TEST(!dialogue.at_deadline());
  dialogue.on_bytes(imap_greeting("SASL-IR AUTH=PLAIN"));
  BOOST_TEST(describe(dialogue.at_deadline().value()) ==
             "unavailable PLAIN the server does not answer the login in time");
}

BOOST_AUTO_TEST_SUITE_END()
