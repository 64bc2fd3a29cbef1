// What the client says to a server's challenges, mechanism by mechanism.
#include <boost/test/unit_test.hpp>

#include "sasl/sasl.h"

using namespace mailconf;

namespace {

using namespace std::string_literals;

std::shared_ptr<const Credentials> password(std::string_view text) {
  auto credentials = std::make_shared<Credentials>();
  credentials->password = Secret(text);
  return credentials;
}

std::shared_ptr<const Credentials> token(std::string_view text) {
  auto credentials = std::make_shared<Credentials>();
  credentials->token = Secret(text);
  return credentials;
}

std::string first(SaslExchange& exchange) {
  const auto message = exchange.first();
  return message ? std::string(message->text()) : "nothing";
}

std::string respond(SaslExchange& exchange, std::string_view challenge) {
  const auto message = exchange.respond(challenge);
  return message ? std::string(message->text()) : "error: " + message.error().message;
}

// RFC 5802 §5.
constexpr auto sha1_nonce = "fyko+d2lbbFgONRv9qkxdawL";
constexpr auto sha1_challenge = "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096";

std::unique_ptr<SaslExchange> sha1(std::string username = "user") {
  return make_sasl_exchange("SCRAM-SHA-1", {std::move(username), password("pencil"), "", 0, sha1_nonce});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sasl)

BOOST_AUTO_TEST_CASE(PLAIN_says_all_at_once) {
  const auto plain = make_sasl_exchange("PLAIN", {"tim", password("tanstaaftanstaaf"), "", 0, ""});
  BOOST_TEST(first(*plain) == "\0tim\0tanstaaftanstaaf"s);
  BOOST_TEST(respond(*plain, "more?").starts_with("error: "));
}

BOOST_AUTO_TEST_CASE(LOGIN_answers_two_prompts_whatever_they_say) {
  const auto login = make_sasl_exchange("LOGIN", {"tim", password("secret"), "", 0, ""});
  BOOST_TEST(first(*login) == "nothing");
  BOOST_TEST(respond(*login, "Username:") == "tim");
  BOOST_TEST(!login->may_succeed());
  BOOST_TEST(respond(*login, "Password:") == "secret");
  BOOST_TEST(login->may_succeed());
  BOOST_TEST(respond(*login, "PIN:").starts_with("error: "));
}

BOOST_AUTO_TEST_CASE(SCRAM_SHA_1_is_the_example_of_its_standard) {
  const auto scram = sha1();
  BOOST_TEST(first(*scram) == "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL");
  BOOST_TEST(respond(*scram, sha1_challenge) ==
             "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=");
  BOOST_TEST(!scram->may_succeed());
  BOOST_TEST(respond(*scram, "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=") == "");
  BOOST_TEST(scram->may_succeed());
}

// RFC 7677 §3.
BOOST_AUTO_TEST_CASE(SCRAM_SHA_256_is_the_example_of_its_standard) {
  const auto scram = make_sasl_exchange("SCRAM-SHA-256", {"user", password("pencil"), "", 0, "rOprNGfwEbeRWgbNEkqO"});
  BOOST_TEST(first(*scram) == "n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
  BOOST_TEST(
      respond(*scram, "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096") ==
      "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
  BOOST_TEST(respond(*scram, "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=") == "");
  BOOST_TEST(scram->may_succeed());
}

BOOST_AUTO_TEST_CASE(SCRAM_escapes_what_separates_its_parts) {
  BOOST_TEST(first(*sha1("a,b=c")) == "n,,n=a=2Cb=3Dc,r=fyko+d2lbbFgONRv9qkxdawL");
}

BOOST_AUTO_TEST_CASE(SCRAM_does_not_believe_a_server_that_does_not_know_the_password) {
  for (const char* final : {"v=rmF9pqV8S7suAoZWja4dJRkFsKA=", "v=", "", "x", "v=AAAA"}) {
    const auto scram = sha1();
    first(*scram);
    respond(*scram, sha1_challenge);
    BOOST_TEST(respond(*scram, final) == "error: the server cannot prove that it knows the password");
    BOOST_TEST(!scram->may_succeed());
  }
}

BOOST_AUTO_TEST_CASE(SCRAM_lets_the_server_go_on_to_refuse) {
  const auto scram = sha1();
  first(*scram);
  respond(*scram, sha1_challenge);
  BOOST_TEST(respond(*scram, "e=invalid-proof") == "");
  BOOST_TEST(!scram->may_succeed());
}

BOOST_AUTO_TEST_CASE(SCRAM_refuses_challenges_that_are_wrong_too_weak_or_too_dear) {
  const std::pair<const char*, const char*> challenges[] = {
      {"", "malformed"},
      {"r=fyko+d2lbbFgONRv9qkxdawL3rf,i=4096", "malformed"},
      {"r=fyko+d2lbbFgONRv9qkxdawL3rf,s=,i=4096", "malformed"},
      {"r=fyko+d2lbbFgONRv9qkxdawL3rf,s=QSXCR+Q6sek8bf92,i=x", "malformed"},
      {"m=ext,r=fyko+d2lbbFgONRv9qkxdawL3rf,s=QSXCR+Q6sek8bf92,i=4096", "malformed"},
      {"r=fyko+d2lbbFgONRv9qkxdawL,s=QSXCR+Q6sek8bf92,i=4096", "another login"},
      {"r=otherotherother,s=QSXCR+Q6sek8bf92,i=4096", "another login"},
      {"r=fyko+d2lbbFgONRv9qkxdawL3rf,s=QSXCR+Q6sek8bf92,i=1", "1 rounds"},
      {"r=fyko+d2lbbFgONRv9qkxdawL3rf,s=QSXCR+Q6sek8bf92,i=2000000000", "2000000000 rounds"},
  };
  for (const auto& [challenge, clause] : challenges) {
    const auto scram = sha1();
    first(*scram);
    BOOST_TEST(respond(*scram, challenge).find(clause) != std::string::npos, challenge);
  }
}

BOOST_AUTO_TEST_CASE(OAUTHBEARER_names_the_server_and_ends_an_error_with_a_single_octet) {
  const auto bearer = make_sasl_exchange("OAUTHBEARER", {"a,b@example.org", token("t0k"), "imap.example.org", 993, ""});
  BOOST_TEST(first(*bearer) == "n,a=a=2Cb@example.org,\1host=imap.example.org\1port=993\1auth=Bearer t0k\1\1");
  BOOST_TEST(respond(*bearer, R"({"status":"invalid_token"})") == "\1");
}

BOOST_AUTO_TEST_CASE(XOAUTH2_ends_an_error_with_nothing) {
  const auto xoauth2 = make_sasl_exchange("XOAUTH2", {"a@example.org", token("t0k"), "imap.example.org", 993, ""});
  BOOST_TEST(first(*xoauth2) == "user=a@example.org\1auth=Bearer t0k\1\1");
  BOOST_TEST(respond(*xoauth2, R"({"status":"400"})") == "");
}

BOOST_AUTO_TEST_CASE(the_mechanism_that_tells_the_server_least_is_chosen) {
  const std::vector<std::string> all = {"LOGIN",   "PLAIN",         "CRAM-MD5",   "SCRAM-SHA-1",
                                        "XOAUTH2", "SCRAM-SHA-256", "OAUTHBEARER"};
  BOOST_TEST(choose_mechanism(all, *password("x")).value() == "SCRAM-SHA-256");
  BOOST_TEST(choose_mechanism(all, *token("x")).value() == "OAUTHBEARER");
  BOOST_TEST(choose_mechanism({"LOGIN", "PLAIN"}, *password("x")).value() == "PLAIN");
  BOOST_TEST(choose_mechanism({"XOAUTH2", "PLAIN"}, *token("x")).value() == "XOAUTH2");
  BOOST_TEST(!choose_mechanism({"PLAIN"}, *token("x")));
  BOOST_TEST(!choose_mechanism({"XOAUTH2", "GSSAPI"}, *password("x")));
  BOOST_TEST(!choose_mechanism({}, *password("x")));
}

BOOST_AUTO_TEST_CASE(a_password_beyond_ASCII_is_not_prepared_and_goes_in_clear_inside_TLS) {
  BOOST_TEST(choose_mechanism({"SCRAM-SHA-256", "PLAIN"}, *password("pässword")).value() == "PLAIN");
}

BOOST_AUTO_TEST_CASE(a_secret_moves_and_leaves_nothing_behind) {
  Secret secret("pass");
  secret.append("word");
  Secret moved(std::move(secret));
  BOOST_TEST(moved.text() == "password");
  BOOST_TEST(secret.empty());  // NOLINT(bugprone-use-after-move): that is the question
  Secret other("something else");
  other = std::move(moved);
  BOOST_TEST(other.text() == "password");
  BOOST_TEST(moved.empty());  // NOLINT(bugprone-use-after-move)
}

BOOST_AUTO_TEST_SUITE_END()
