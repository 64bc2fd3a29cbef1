// Which server goes into a file, and when none may.
#include <boost/test/unit_test.hpp>

#include "accounts.h"

using namespace mailconf;
using namespace accounts;

namespace {

Export exported(std::string_view target, const Configuration& configuration, const ExportOptions& options = {}) {
  auto result = export_settings(target, configuration, address(), options);
  if (!result) BOOST_FAIL(target << ": " << result.error().text());
  return *result;
}

Error refused(std::string_view target, const Configuration& configuration, const ExportOptions& options = {}) {
  const auto result = export_settings(target, configuration, address(), options);
  BOOST_REQUIRE_MESSAGE(!result, target);
  return result.error();
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

Configuration with_login(Authentication authentication) {
  Configuration configuration = simple();
  for (auto* group : {&configuration.incoming, &configuration.outgoing}) {
    group->front().server.authentication = {authentication};
  }
  return configuration;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(choice)

BOOST_AUTO_TEST_CASE(a_target_that_is_not_listed_is_a_bad_option) {
  BOOST_CHECK(refused("pine", simple()).code == ErrorCode::bad_option);
}

BOOST_AUTO_TEST_CASE(the_targets_are_listed_by_name_and_each_says_what_its_text_is) {
  std::string before;
  for (const ExportTarget& target : export_targets()) {
    BOOST_CHECK(before < target.name);
    BOOST_TEST(!target.summary.empty());
    before = target.name;
  }
}

BOOST_AUTO_TEST_CASE(servers_without_encryption_are_exported_to_nobody) {
  const auto configuration = accounts::configuration({imap(SocketType::plain)}, {smtp(SocketType::plain)});
  for (const ExportTarget& target : export_targets()) {
    const Error error = refused(target.name, configuration);
    BOOST_CHECK(error.code == ErrorCode::not_expressible);
    BOOST_TEST(contains(error.message, "is not encrypted; settings without encryption are not exported"),
               error.message);
  }
}

BOOST_AUTO_TEST_CASE(a_server_without_encryption_is_passed_over_for_one_with_it) {
  const auto configuration =
      accounts::configuration({imap(SocketType::plain), imap()}, {smtp(SocketType::plain), smtp()});
  for (const ExportTarget& target : export_targets()) {
    const std::string text = exported(target.name, configuration).text;
    for (const char* clear : {"143", "587", "plain<"}) BOOST_TEST(!contains(text, clear), target.name << "\n" << text);
  }
}

BOOST_AUTO_TEST_CASE(the_providers_order_decides_among_servers_that_will_do) {
  auto configuration = accounts::configuration({pop3(), imap()}, {smtp(SocketType::starttls), smtp()});
  BOOST_TEST(contains(exported("fetchmail", configuration).text, "pop.example.org"));
  BOOST_TEST(contains(exported("msmtp", configuration).text, "port 587"));
  BOOST_TEST(contains(exported("isync", configuration).text, "imap.example.org"), "mbsync speaks IMAP only");
}

BOOST_AUTO_TEST_CASE(a_server_that_failed_its_proof_is_exported_to_nobody) {
  auto configuration = accounts::configuration({imap()}, {smtp(), smtp(SocketType::starttls)});
  configuration.outgoing.front().proof = {ProofOutcome::refused, "the certificate is expired", {}, {}, {}};
  BOOST_TEST(contains(exported("msmtp", configuration).text, "port 587"));
  configuration.outgoing.pop_back();
  BOOST_TEST(refused("msmtp", configuration).message ==
             "smtp.example.org:465 is not as published: the certificate is expired");
}

BOOST_AUTO_TEST_CASE(a_server_that_did_not_answer_comes_after_one_that_did) {
  auto configuration = accounts::configuration({imap()}, {smtp(), smtp(SocketType::starttls)});
  configuration.outgoing.front().proof.outcome = ProofOutcome::unreachable;
  configuration.outgoing.back().proof.outcome = ProofOutcome::proven;
  BOOST_TEST(contains(exported("msmtp", configuration).text, "port 587"));
  configuration.outgoing.pop_back();
  BOOST_TEST(contains(exported("msmtp", configuration).text, "port 465"), "it may be up again later");
}

BOOST_AUTO_TEST_CASE(a_program_that_would_go_on_without_starttls_gets_none) {
  for (const char* program : {"offlineimap", "getmail6", "himalaya"}) {
    const Error error = refused(program, upgraded());
    BOOST_TEST(contains(error.message, "cannot be made to insist on STARTTLS at imap.example.org:143"), error.message);
    BOOST_TEST(contains(exported(program, configuration({imap(SocketType::starttls), imap()}, {})).text, "993"));
  }
}

BOOST_AUTO_TEST_CASE(a_profile_prefers_tls_from_the_start_and_says_so_when_it_could_not) {
  const auto both = configuration({imap()}, {smtp(SocketType::starttls), smtp()});
  BOOST_TEST(contains(exported("apple", both).text, "<integer>465</integer>"));
  BOOST_TEST(exported("apple", both).remarks.empty());
  BOOST_TEST(exported("apple", upgraded()).remarks.size() == 1u);
  auto elsewhere = upgraded();
  elsewhere.outgoing.front().server.port = 2587;
  BOOST_TEST(contains(refused("apple", elsewhere).message, "smtp.example.org:2587"));
}

BOOST_AUTO_TEST_CASE(what_a_program_needs_must_be_there) {
  const Error error = refused("msmtp", configuration({imap()}, {}));
  BOOST_CHECK(error.code == ErrorCode::not_expressible);
  BOOST_TEST(error.message == "there is no server for sending mail that msmtp can use");
  BOOST_TEST(refused("isync", configuration({pop3()}, {smtp()})).message ==
             "there is no server for reading mail that isync can use");
  BOOST_TEST(refused("neomutt", configuration({}, {})).message ==
             "there is no server for reading mail that neomutt can use");
}

BOOST_AUTO_TEST_CASE(what_a_program_could_also_have_used_is_a_remark) {
  const Export half = exported("neomutt", configuration({imap()}, {}));
  BOOST_TEST(!half.complete);
  BOOST_TEST(half.remarks == std::vector<std::string>{"there is no server for sending mail that neomutt can use"},
             boost::test_tools::per_element());
  BOOST_TEST(exported("isync", configuration({imap()}, {})).complete, "mbsync sends nothing");
}

BOOST_AUTO_TEST_CASE(a_user_name_that_is_not_known_is_not_made_up) {
  auto configuration = simple();
  configuration.outgoing.front().server.username.clear();
  BOOST_TEST(refused("msmtp", configuration).message == "the user name for smtp.example.org is not known");
}

BOOST_AUTO_TEST_CASE(a_host_name_that_is_none_is_exported_to_nobody) {
  auto configuration = simple();
  for (auto* group : {&configuration.incoming, &configuration.outgoing})
    group->front().server.hostname = "a.example/x\"";
  for (const ExportTarget& target : export_targets()) {
    BOOST_CHECK(refused(target.name, configuration).code == ErrorCode::not_expressible);
  }
}

BOOST_AUTO_TEST_CASE(an_address_literal_stands_in_brackets_in_a_url_and_without_elsewhere) {
  auto configuration = simple();
  configuration.incoming.front().server.hostname = configuration.outgoing.front().server.hostname = "2001:db8::1";
  BOOST_TEST(contains(exported("mutt", configuration).text, "imaps://[2001:db8::1]:993/"));
  BOOST_TEST(contains(exported("isync", configuration).text, "Host \"2001:db8::1\""));
}

BOOST_AUTO_TEST_CASE(a_way_to_sign_in_that_no_program_is_told_of_is_named) {
  BOOST_TEST(refused("isync", with_login(Authentication::gssapi)).message ==
             "imap.example.org signs in by GSSAPI, which cannot be exported");
}

BOOST_AUTO_TEST_CASE(a_server_that_admits_by_address_is_given_no_user) {
  const std::string text = exported("msmtp", with_login(Authentication::client_ip_address), {"pass", ""}).text;
  BOOST_TEST(contains(text, "auth off\n"));
  for (const char* key : {"user", "passwordeval"}) BOOST_TEST(!contains(text, key));
}

BOOST_AUTO_TEST_CASE(oauth2_alone_needs_a_program_that_knows_it_and_a_command_for_the_token) {
  const auto configuration = with_login(Authentication::oauth2);
  BOOST_TEST(contains(refused("fetchmail", configuration).message, "by OAuth2 only, which fetchmail cannot be given"));
  const Error error = refused("msmtp", configuration);
  BOOST_TEST(error.place == "password_command");
  BOOST_CHECK(error.code == ErrorCode::bad_option);
  BOOST_TEST(contains(exported("msmtp", configuration, {"token", ""}).text, "auth xoauth2\n"));
}

BOOST_AUTO_TEST_CASE(the_newer_mechanism_of_oauth2_is_taken_where_the_server_has_shown_it) {
  auto configuration = with_login(Authentication::oauth2);
  configuration.outgoing.front().proof.mechanisms = {"XOAUTH2", "OAUTHBEARER"};
  BOOST_TEST(contains(exported("msmtp", configuration, {"token", ""}).text, "auth oauthbearer\n"));
}

BOOST_AUTO_TEST_CASE(oauth2_beside_a_password_is_not_asked_for) {
  auto configuration = simple();
  configuration.outgoing.front().server.authentication = {Authentication::oauth2, Authentication::password_cleartext};
  BOOST_TEST(contains(exported("msmtp", configuration).text, "auth on\n"));
}

BOOST_AUTO_TEST_CASE(a_program_without_a_key_for_a_password_command_says_so) {
  const Error error = refused("fetchmail", simple(), {"pass show x", ""});
  BOOST_TEST(error.text() == "password_command: fetchmail takes no command for the password");
}

BOOST_AUTO_TEST_CASE(a_program_without_a_key_for_certificates_gets_a_remark) {
  BOOST_TEST(exported("aerc", simple(), {"", "/ca.pem"}).remarks.size() == 1u);
  BOOST_TEST(exported("msmtp", simple(), {"", "/ca.pem"}).remarks.empty());
}

BOOST_AUTO_TEST_CASE(a_line_break_in_any_value_is_refused_by_every_target) {
  for (const char* user : {"a\nb", "a\rb", "a\tb", "a\x7f", "\xff",
                           "a\xe2\x80\xa8"
                           "b"}) {
    auto configuration = simple();
    for (auto* group : {&configuration.incoming, &configuration.outgoing}) group->front().server.username = user;
    for (const ExportTarget& target : export_targets()) {
      BOOST_CHECK(refused(target.name, configuration).code == ErrorCode::not_expressible);
    }
  }
}

BOOST_AUTO_TEST_CASE(no_character_of_a_user_name_adds_a_line_or_ends_one) {
  const auto lines = [](const std::string& text) { return std::count(text.begin(), text.end(), '\n'); };
  for (const ExportTarget& target : export_targets()) {
    const auto expected = lines(exported(target.name, simple()).text);
    for (char c = ' '; c <= '~'; ++c) {
      for (const std::string& user : {std::string{c}, std::string{'a', c, 'b'}, std::string{c, c, c, ' ', c}}) {
        auto configuration = simple();
        for (auto* group : {&configuration.incoming, &configuration.outgoing}) group->front().server.username = user;
        const auto result = export_settings(target.name, configuration, address());
        if (result) BOOST_TEST(lines(result->text) == expected, target.name << " with " << user);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(the_password_command_never_stands_in_a_file_for_a_server_that_asks_for_none) {
  auto configuration = accounts::configuration({}, {smtp()});
  configuration.outgoing.front().server.authentication = {Authentication::none};
  for (const char* program : {"msmtp", "neomutt", "mutt"}) {
    BOOST_TEST(!contains(exported(program, configuration, {"pass show x", ""}).text, "pass show"), program);
  }
}

BOOST_AUTO_TEST_SUITE_END()
