#include "protocol/mechanisms.h"

#include <boost/test/unit_test.hpp>

#include "protocol/probe_dialogue.h"
#include "protocol/probe_script.h"

using namespace mailconf;
using namespace mailconf::test;

namespace {

std::string choices(std::string_view mechanisms) {
  std::string result;
  for (const Authentication choice : authentication_of(list(mechanisms))) {
    if (!result.empty()) result += '|';
    result += to_string(choice);
  }
  return result;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(mechanisms)

BOOST_AUTO_TEST_CASE(each_mechanism_is_a_choice_of_the_client) {
  const struct {
    const char* mechanism;
    const char* choice;
  } rows[] = {
      {"PLAIN", "password-cleartext"},
      {"LOGIN", "password-cleartext"},
      {"USER", "password-cleartext"},
      {"CRAM-MD5", "password-encrypted"},
      {"DIGEST-MD5", "password-encrypted"},
      {"SCRAM-SHA-256-PLUS", "password-encrypted"},
      {"APOP", "password-encrypted"},
      {"GSSAPI", "GSSAPI"},
      {"GSS-SPNEGO", "GSSAPI"},
      {"GS2-KRB5", "GSSAPI"},
      {"NTLM", "NTLM"},
      {"MSN", "NTLM"},
      {"OAUTHBEARER", "OAuth2"},
      {"XOAUTH2", "OAuth2"},
      {"EXTERNAL", "TLS-client-cert"},
      {"plain", "password-cleartext"},
      {"ANONYMOUS", ""},
      {"SCRAM", ""},
      {"PLAIN-CLIENTTOKEN", ""},
      {"", ""},
  };
  for (const auto& row : rows) BOOST_TEST(choices(row.mechanism) == row.choice, row.mechanism);
}

BOOST_AUTO_TEST_CASE(G21_a_password_comes_before_what_needs_a_realm) {
  BOOST_TEST(choices("GSSAPI|NTLM|CRAM-MD5|PLAIN") == "password-encrypted|password-cleartext|GSSAPI|NTLM");
}

BOOST_AUTO_TEST_CASE(oauth2_comes_first_and_every_choice_once) {
  BOOST_TEST(choices("EXTERNAL|LOGIN|PLAIN|SCRAM-SHA-1|SCRAM-SHA-256|XOAUTH2|OAUTHBEARER") ==
             "OAuth2|password-encrypted|password-cleartext|TLS-client-cert");
}

BOOST_AUTO_TEST_CASE(a_keyword_is_a_whole_word) {
  BOOST_TEST(mechanisms_after(list("AUTHX PLAIN|AUTH|AUTH=|XAUTH PLAIN"), "AUTH") == list(""),
             boost::test_tools::per_element());
  BOOST_TEST(has_capability(list("STARTTLSX|XSTARTTLS"), "STARTTLS") == false);
  BOOST_TEST(has_capability(list("SIZE 5|starttls now"), "STARTTLS"));
}

BOOST_AUTO_TEST_SUITE_END()
