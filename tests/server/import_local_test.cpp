// What doveconf and postconf print, as servers of a definition; and how programs are run.
#include <boost/test/unit_test.hpp>

#include "server/import/dovecot.h"
#include "server/import/local_host.h"
#include "server/import/postfix.h"
#include "server/import/program.h"

namespace mailconf::testing {
namespace {

using server::MailListener;
using server::MailPrograms;

// What matters of doveconf -a, in its order and with its indentation.
const std::string doveconf = R"(# 2.3.19.1 (9b53102964): /etc/dovecot/dovecot.conf
auth_mechanisms = plain login
auth_username_format = %Lu
hostname =
listen = *, ::
passdb {
  args = scheme=CRYPT username_format=%u /etc/dovecot/users
  driver = passwd-file
}
protocols = " imap pop3 sieve"
service imap-login {
  inet_listener imap {
    address =
    haproxy = no
    port = 143
    ssl = no
  }
  inet_listener imaps {
    address =
    haproxy = no
    port = 993
    ssl = yes
  }
  protocol = imap
}
service lmtp {
  inet_listener lmtp {
    port = 24
  }
  protocol = lmtp
}
service managesieve-login {
  inet_listener sieve {
    port = 4190
    ssl = no
  }
  protocol = sieve
}
service pop3-login {
  inet_listener pop3s {
    port = 995
    ssl = yes
  }
  protocol = pop3
}
service submission-login {
  inet_listener submission {
    port = 587
    ssl = no
  }
  protocol = submission
}
ssl = required
)";

const std::string main_cf = R"(inet_interfaces = all
mydestination = mail.example.org, localhost.example.org, localhost
mydomain = example.org
myhostname = mail.example.org
smtpd_sasl_auth_enable = no
smtpd_sasl_type = dovecot
smtpd_tls_cert_file = /etc/ssl/mail.pem
smtpd_tls_chain_files =
smtpd_tls_security_level = may
smtpd_tls_wrappermode = no
virtual_mailbox_domains = example.org, example.net
)";
const std::string master_cf = R"(smtp       inet  n       -       y       -       -       smtpd
submission inet  n       -       y       -       -       smtpd -o smtpd_tls_security_level=encrypt
submissions inet n       -       y       -       -       smtpd -o smtpd_tls_wrappermode=yes
pickup     unix  n       -       y       60      1       pickup
)";
const std::string overrides = R"(submission/inet/smtpd_sasl_auth_enable = yes
submission/inet/smtpd_tls_security_level = encrypt
submissions/inet/smtpd_sasl_auth_enable = yes
submissions/inet/smtpd_tls_wrappermode = yes
)";

std::string edited(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

MailPrograms postfix(const std::string& main = main_cf, const std::string& services = master_cf,
                     const std::string& more = overrides) {
  return server::read_postconf(main, services, more);
}

// "imap 993 SSL", one for each.
std::vector<std::string> told(const std::vector<Server>& servers) {
  std::vector<std::string> texts;
  for (const auto& server : servers)
    texts.push_back(std::string(to_string(server.type)) + " " + std::to_string(server.port) + " " +
                    std::string(to_string(server.socket_type)));
  return texts;
}

Settings found(const std::string& dovecot_text, const MailPrograms& postfix_programs = {}) {
  return server::settings_of("mail.example.org", server::read_doveconf(dovecot_text), postfix_programs);
}

void expect(const std::vector<std::string>& found, const std::vector<std::string>& expected) {
  BOOST_TEST(found == expected, boost::test_tools::per_element());
}

std::string remark(const MailPrograms& programs) {
  BOOST_TEST_REQUIRE(programs.remarks.size() == 1U);
  return programs.remarks.front();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(importing_from_this_host)

BOOST_AUTO_TEST_CASE(listeners_of_protocols_that_are_on_become_servers_the_safest_first) {
  const auto settings = found(doveconf, postfix());
  expect(told(settings.incoming), {"imap 993 SSL", "imap 143 STARTTLS", "pop3 995 SSL"});
  expect(told(settings.outgoing), {"smtp 465 SSL", "smtp 587 STARTTLS"});
  BOOST_TEST(settings.incoming.front().hostname == "mail.example.org");
  BOOST_TEST(settings.incoming.front().username == "%EMAILADDRESS%");
}

BOOST_AUTO_TEST_CASE(filters_become_a_service) {
  const auto services = found(doveconf).services;
  BOOST_TEST_REQUIRE(services.size() == 1U);
  BOOST_TEST((services.front().type == ServiceType::managesieve));
  BOOST_TEST(services.front().port == 4190);
  BOOST_TEST((services.front().socket_type == SocketType::starttls));
}

BOOST_AUTO_TEST_CASE(dovecot_may_take_submission_but_at_one_port_it_is_postfix) {
  const auto with_submission = edited(doveconf, "pop3 sieve", "pop3 submission");
  expect(told(found(with_submission).outgoing), {"smtp 587 STARTTLS"});
  expect(told(found(with_submission, postfix()).outgoing), {"smtp 465 SSL", "smtp 587 STARTTLS"});
}

BOOST_AUTO_TEST_CASE(row_35_without_tls_nothing_but_its_absence_is_told) {
  const auto read = server::read_doveconf(edited(doveconf, "ssl = required", "ssl = no"));
  BOOST_TEST(read.listeners.empty());
  BOOST_TEST(read.remarks.front() == "imap at port 143 is left out: it has no encryption (ssl = no)");
}

BOOST_AUTO_TEST_CASE(what_only_this_host_reaches_is_left_out) {
  const auto read = server::read_doveconf(edited(doveconf, "address =\n", "address = 127.0.0.1, ::1\n"));
  BOOST_TEST(remark(read) == "imap at port 143 is left out: it is reached from this host alone");
  BOOST_TEST(read.listeners.size() == 3U);
  BOOST_TEST(server::read_doveconf(edited(doveconf, "listen = *, ::", "listen = 127.0.0.1")).listeners.empty());
}

BOOST_AUTO_TEST_CASE(ports_that_are_off_or_behind_a_proxy_are_left_out) {
  expect(told(found(edited(doveconf, "port = 143", "port = 0")).incoming), {"imap 993 SSL", "pop3 995 SSL"});
  expect(told(found(edited(doveconf, "haproxy = no", "haproxy = yes")).incoming), {"imap 993 SSL", "pop3 995 SSL"});
}

BOOST_AUTO_TEST_CASE(mechanisms_are_those_of_the_clients_best_first) {
  const auto ways = [](const std::string& mechanisms) {
    return server::read_doveconf(edited(doveconf, "plain login", mechanisms)).authentication;
  };
  using enum Authentication;
  BOOST_TEST((ways("scram-sha-256 cram-md5 plain") == std::vector{password_cleartext, password_encrypted}));
  BOOST_TEST((ways("gssapi gss-spnego external") == std::vector{gssapi, tls_client_cert}));
  const auto tokens = server::read_doveconf(edited(doveconf, "plain login", "plain oauthbearer"));
  BOOST_TEST((tokens.authentication == std::vector{password_cleartext}));
  BOOST_TEST(remark(tokens) == "OAuth2 is left out: who gives out the tokens stands elsewhere");
}

BOOST_AUTO_TEST_CASE(user_names_are_as_dovecot_wants_them) {
  const auto username = [](const std::string& format) {
    return server::read_doveconf(edited(doveconf, "%Lu", format)).username;
  };
  BOOST_TEST(username("%u") == "%EMAILADDRESS%");
  BOOST_TEST(username("%Ln") == "%EMAILLOCALPART%");
  BOOST_TEST(username("%{username}") == "%EMAILLOCALPART%");
  const auto odd = server::read_doveconf(edited(doveconf, "%Lu", "%n-at-%d"));
  BOOST_TEST(odd.username == "%EMAILADDRESS%");
  BOOST_TEST(remark(odd) == "auth_username_format \"%n-at-%d\" is not understood: the whole address is taken");
}

BOOST_AUTO_TEST_CASE(users_of_the_system_have_no_domain_in_their_names) {
  BOOST_TEST(server::read_doveconf(edited(doveconf, "passwd-file", "pam")).username == "%EMAILLOCALPART%");
}

BOOST_AUTO_TEST_CASE(submission_needs_a_login_a_certificate_and_encryption) {
  BOOST_TEST(postfix(main_cf, master_cf, "").listeners.empty());
  const auto without_certificate = postfix(edited(main_cf, "/etc/ssl/mail.pem", ""));
  BOOST_TEST(without_certificate.listeners.empty());
  BOOST_TEST(without_certificate.remarks.front() ==
             "submission at port 587 is left out: it has no certificate, and so no encryption");
  const auto in_clear =
      postfix(main_cf, master_cf, edited(overrides, "security_level = encrypt", "security_level = none"));
  BOOST_TEST(in_clear.listeners.size() == 1U);
  BOOST_TEST(remark(in_clear) == "submission at port 587 is left out: it has no encryption (smtpd_tls_security_level)");
}

BOOST_AUTO_TEST_CASE(the_port_between_mail_servers_is_nobodys) {
  BOOST_TEST(postfix(edited(main_cf, "auth_enable = no", "auth_enable = yes"), master_cf, "").listeners.size() == 2U);
}

BOOST_AUTO_TEST_CASE(services_may_be_named_by_address_and_number) {
  const auto ports = [](const std::string& name) {
    return postfix(edited(main_cf, "auth_enable = no", "auth_enable = yes"), name + " inet n - y - - smtpd\n", "");
  };
  BOOST_TEST(ports("192.0.2.1:submission").listeners.front().port == 587);
  BOOST_TEST(ports("[2001:db8::1]:2587").listeners.front().port == 2587);
  BOOST_TEST(ports("smtps").listeners.front().port == 465);
  BOOST_TEST(remark(ports("[::1]:588")) == "[::1]:588 at port 588 is left out: it is reached from this host alone");
}

BOOST_AUTO_TEST_CASE(the_domains_are_those_of_mailboxes_and_not_the_hosts_own_names) {
  const auto names = [](const MailPrograms& programs) {
    std::vector<std::string> texts;
    for (const auto& domain : programs.domains) texts.push_back(domain.ascii());
    return texts;
  };
  expect(names(postfix()), {"example.org", "example.net"});
  const auto main = edited(main_cf, "example.org, example.net", "hash:/etc/postfix/domains");
  expect(names(postfix(main)), {"example.org"});
  expect(postfix(main).tables,
         {"hash:/etc/postfix/domains of virtual_mailbox_domains is a table, whose domains are not "
          "read: name them"});
}

BOOST_AUTO_TEST_CASE(who_asks_cyrus_takes_passwords) {
  const auto read = postfix(edited(main_cf, "type = dovecot", "type = cyrus"));
  BOOST_TEST((read.authentication == std::vector{Authentication::password_cleartext}));
}

BOOST_AUTO_TEST_CASE(configurations_that_are_cut_off_are_read_as_far_as_they_go) {
  for (std::size_t length = 0; length < doveconf.size(); length += 7)
    BOOST_TEST(server::read_doveconf(doveconf.substr(0, length)).listeners.size() <= 4U);
  (void)server::read_doveconf("}\n}\n{\n= =\nservice {\n");
  (void)server::read_postconf(" =\n=", "inet\n\n", "/inet/ =");
}

BOOST_AUTO_TEST_CASE(a_program_is_run_without_a_shell_and_its_output_is_read) {
  const auto said = server::output_of("/bin/echo", {"$HOME", "; exit 3", "`id`"});
  BOOST_TEST(said.value() == "$HOME ; exit 3 `id`\n");
}

BOOST_AUTO_TEST_CASE(a_program_inherits_nothing_of_the_environment) {
  BOOST_TEST(server::output_of("/usr/bin/env", {}).value() == "LC_ALL=C\nPATH=/usr/sbin:/usr/bin:/sbin:/bin\n");
}

BOOST_AUTO_TEST_CASE(a_program_that_writes_without_end_is_ended) {
  const auto said = server::output_of("/usr/bin/yes", {}, {.output = 10'000});
  BOOST_TEST(said.error().text() == "yes: wrote more than 10000 octets");
}

BOOST_AUTO_TEST_CASE(a_program_that_takes_too_long_is_ended_with_its_children) {
  const server::ProgramLimits short_time{.time = std::chrono::milliseconds(50)};
  BOOST_TEST(server::output_of("/bin/sleep", {"60"}, short_time).error().text() == "sleep: took longer than 50 ms");
  const auto quiet = server::output_of("/bin/sh", {"-c", "exec >&- 2>&-; sleep 60"}, short_time);
  BOOST_TEST(quiet.error().text() == "sh: took longer than 50 ms");
}

BOOST_AUTO_TEST_CASE(a_program_that_fails_is_quoted_in_one_line) {
  const auto said =
      server::output_of("/bin/sh", {"-c", "echo first >&2; printf 'sh: fatal: no\\033[31m luck\\n' >&2; exit 1"});
  BOOST_TEST(said.error().text() == "sh: no [31m luck");
  BOOST_TEST(server::output_of("/bin/false", {}).error().text() == "false: it ended with an error");
  BOOST_TEST(server::output_of("/nowhere/at/all", {}).error().text() ==
             "all: cannot be run: No such file or directory");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
