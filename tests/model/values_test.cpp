// How the values of documents and reports are spelled.
#include <boost/test/unit_test.hpp>

#include "mailconf/report.h"
#include "mailconf/settings.h"
#include "model/sasl.h"

using namespace mailconf;

BOOST_AUTO_TEST_CASE(what_is_written_is_read_back) {
  for (int i = 0; i <= static_cast<int>(ServerType::owa); ++i)
    BOOST_TEST((parse_server_type(to_string(static_cast<ServerType>(i))) == static_cast<ServerType>(i)));
  for (int i = 0; i <= static_cast<int>(SocketType::plain); ++i)
    BOOST_TEST((parse_socket_type(to_string(static_cast<SocketType>(i))) == static_cast<SocketType>(i)));
  for (int i = 0; i <= static_cast<int>(Authentication::http_digest); ++i)
    BOOST_TEST((parse_authentication(to_string(static_cast<Authentication>(i))) == static_cast<Authentication>(i)));
  for (int i = 0; i <= static_cast<int>(ServiceType::activesync); ++i)
    BOOST_TEST((parse_service_type(to_string(static_cast<ServiceType>(i))) == static_cast<ServiceType>(i)));
}

BOOST_AUTO_TEST_CASE(values_are_read_in_any_letter_case) {
  BOOST_TEST((parse_server_type("ActiveSync") == ServerType::activesync));
  BOOST_TEST((parse_socket_type("StartTLS") == SocketType::starttls));
  BOOST_TEST((parse_authentication("oauth2") == Authentication::oauth2));
}

BOOST_AUTO_TEST_CASE(who_is_admitted_by_address_or_without_a_question_does_not_sign_in) {
  for (const auto way : {Authentication::none, Authentication::client_ip_address, Authentication::smtp_after_pop})
    BOOST_TEST(!is_login(way), to_string(way));
  for (const auto way : {Authentication::password_cleartext, Authentication::oauth2, Authentication::tls_client_cert})
    BOOST_TEST(is_login(way), to_string(way));
}

BOOST_AUTO_TEST_CASE(X14_old_names_are_read) {
  BOOST_TEST((parse_authentication("plain") == Authentication::password_cleartext));
  BOOST_TEST((parse_authentication("secure") == Authentication::password_encrypted));
  BOOST_TEST((parse_authentication("OAuth") == Authentication::oauth2));
  BOOST_TEST((parse_socket_type("TLS") == SocketType::ssl));
}

BOOST_AUTO_TEST_CASE(an_unknown_value_is_never_a_weaker_one) {
  BOOST_TEST(!parse_socket_type("").has_value());
  BOOST_TEST(!parse_socket_type("SSLv9").has_value());
  BOOST_TEST(!parse_socket_type("no").has_value());
  BOOST_TEST(!parse_authentication("").has_value());
  BOOST_TEST(!parse_server_type("imap5").has_value());
}

BOOST_AUTO_TEST_CASE(row_36_a_password_is_written_under_the_name_that_every_client_knows) {
  BOOST_TEST(to_string(Authentication::password_cleartext) == "password-cleartext");
  BOOST_TEST(to_string(Authentication::password_encrypted) == "password-encrypted");
  BOOST_TEST(to_string(SocketType::ssl) == "SSL");
  BOOST_TEST(to_string(SocketType::starttls) == "STARTTLS");
}

BOOST_AUTO_TEST_CASE(sasl_mechanisms_mean_a_way_to_log_in) {
  BOOST_TEST((authentication_of_mechanism("plain") == Authentication::password_cleartext));
  BOOST_TEST((authentication_of_mechanism("SCRAM-SHA-256-PLUS") == Authentication::password_encrypted));
  BOOST_TEST((authentication_of_mechanism("XOAUTH2") == Authentication::oauth2));
  BOOST_TEST((authentication_of_mechanism("EXTERNAL") == Authentication::tls_client_cert));
  BOOST_TEST(!authentication_of_mechanism("ANONYMOUS").has_value());
}

BOOST_AUTO_TEST_CASE(reports_spell_their_values_with_hyphens) {
  BOOST_TEST(to_string(Status::no_standard_protocol) == "no-standard-protocol");
  BOOST_TEST(to_string(Status::bad_input) == "bad-input");
  BOOST_TEST(to_string(Trust::authenticated) == "authenticated");
  BOOST_TEST(to_string(Outcome::skipped) == "skipped");
  BOOST_TEST(to_string(ProofOutcome::not_tried) == "not-tried");
  BOOST_TEST(to_string(CertificateVerdict::not_yet_valid) == "not-yet-valid");
}

BOOST_AUTO_TEST_CASE(mail_protocols_have_a_port_of_their_own) {
  BOOST_TEST(is_tcp(ServerType::imap));
  BOOST_TEST(is_tcp(ServerType::smtp));
  BOOST_TEST(!is_tcp(ServerType::jmap));
  BOOST_TEST(!is_tcp(ServerType::exchange));
}
