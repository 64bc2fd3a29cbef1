#include <boost/test/unit_test.hpp>

#include "network/asking.h"

using namespace mailconf;
using namespace mailconf::testing;

namespace {

CertificateWish certificate_for(const std::string& name) {
  CertificateWish wish;
  wish.names = {name};
  return wish;
}

// A mail server imap.example.org on loopback, and a question to it.
struct Mail {
  explicit Mail(std::function<void(Mail&, Conversation&)> script,
                const CertificateWish& wish = certificate_for("imap.example.org"))
      : identity(ca.issue(wish)),
        server([this, script = std::move(script)](Conversation& client) { script(*this, client); }) {
    dns.a("imap.example.org", "127.0.0.1");
  }
  Answer ask(SocketType socket_type, Duration within = plenty, ServerType type = ServerType::imap) {
    return Asking(dns, ca.file()).ask(ProbeQuestion{type, "imap.example.org", server.port(), socket_type}, within);
  }

  TestCa ca;
  Identity identity;
  DnsServer dns;
  TcpServer server;
};

// The tag of an IMAP command is answered with the tag.
std::string tag_of(const std::string& command) { return command.substr(0, command.find(' ')); }

void list_capabilities(Conversation& client, const std::string& capabilities) {
  const auto command = client.read_line();
  client.send("* CAPABILITY IMAP4rev1 " + capabilities + "\r\n" + tag_of(command) + " OK\r\n");
}

void imaps(Mail& mail, Conversation& client) {
  if (!client.start_tls(mail.identity)) return;
  client.send("* OK ready\r\n");
  list_capabilities(client, "AUTH=PLAIN");
  client.wait_for_close();
}

// Up to the answer to STARTTLS.
void upgrade(Conversation& client, const std::string& behind_the_reply = {}) {
  client.send("* OK ready\r\n");
  list_capabilities(client, "STARTTLS LOGINDISABLED");
  const auto command = client.read_line();
  client.send(tag_of(command) + " OK begin\r\n" + behind_the_reply);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(probe_client)

BOOST_AUTO_TEST_CASE(implicit_TLS_is_probed_to_the_capabilities) {
  Mail mail(imaps);
  const auto answer = probe(mail.ask(SocketType::ssl));
  BOOST_TEST((answer.verdict == ProbeVerdict::speaks));
  BOOST_TEST(answer.address == "127.0.0.1");
  BOOST_TEST(answer.greeting.find("ready") != std::string::npos);
  BOOST_TEST_REQUIRE(answer.tls.has_value());
  BOOST_TEST((answer.tls->certificate == CertificateVerdict::valid));
  BOOST_TEST(answer.tls->version == "TLSv1.3");
  BOOST_TEST(!answer.tls->cipher.empty());
  BOOST_TEST(answer.tls->names == std::vector<std::string>({"imap.example.org"}), boost::test_tools::per_element());
  BOOST_TEST(answer.tls->issuer == "Test Authority");
  BOOST_TEST(answer.tls->not_after == "2100-01-01T00:00:00Z");
}

BOOST_AUTO_TEST_CASE(G2_an_upgrade_is_proven_by_a_real_handshake) {
  Mail mail([](Mail& self, Conversation& client) {
    upgrade(client);
    if (!client.start_tls(self.identity)) return;
    list_capabilities(client, "AUTH=PLAIN AUTH=SCRAM-SHA-256");
    client.wait_for_close();
  });
  const auto answer = probe(mail.ask(SocketType::starttls));
  BOOST_TEST((answer.verdict == ProbeVerdict::speaks));
  BOOST_TEST((answer.tls.value().certificate == CertificateVerdict::valid));
  BOOST_TEST(!answer.before_tls.empty());
  BOOST_TEST(answer.mechanisms.size() >= 2U);
}

BOOST_AUTO_TEST_CASE(G3_an_upgrade_that_is_refused_or_not_offered_is_told_and_nothing_else_tried) {
  Mail refusing([](Mail&, Conversation& client) {
    client.send("* OK ready\r\n");
    list_capabilities(client, "STARTTLS LOGINDISABLED");
    client.send(tag_of(client.read_line()) + " NO not now\r\n");
    client.wait_for_close();
  });
  const auto refused = probe(refusing.ask(SocketType::starttls));
  BOOST_TEST((refused.verdict == ProbeVerdict::starttls_refused));
  BOOST_TEST(!refused.tls.has_value());
  Mail stripped([](Mail&, Conversation& client) {
    client.send("* OK ready\r\n");
    list_capabilities(client, "AUTH=PLAIN");
    client.wait_for_close();
  });
  BOOST_TEST((probe(stripped.ask(SocketType::starttls)).verdict == ProbeVerdict::starttls_missing));
}

BOOST_AUTO_TEST_CASE(octets_behind_the_reply_to_STARTTLS_are_an_attack) {
  Mail mail([](Mail&, Conversation& client) {
    upgrade(client, "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n");
    client.wait_for_close();
  });
  BOOST_TEST((probe(mail.ask(SocketType::starttls)).verdict == ProbeVerdict::plaintext_injection));
}

BOOST_AUTO_TEST_CASE(G9_an_expired_certificate_is_recorded_and_the_rest_learnt) {
  auto wish = certificate_for("imap.example.org");
  wish.not_after = "20010101000000Z";
  Mail mail(imaps, wish);
  const auto answer = probe(mail.ask(SocketType::ssl));
  BOOST_TEST((answer.verdict == ProbeVerdict::speaks));
  BOOST_TEST((answer.tls.value().certificate == CertificateVerdict::expired));
  BOOST_TEST(answer.tls.value().not_after == "2001-01-01T00:00:00Z");
}

BOOST_AUTO_TEST_CASE(G10_a_certificate_for_another_name_is_recorded) {
  Mail mail(imaps, certificate_for("mail.example.net"));
  const auto answer = probe(mail.ask(SocketType::ssl));
  BOOST_TEST((answer.tls.value().certificate == CertificateVerdict::wrong_name));
  BOOST_TEST(answer.tls.value().names == std::vector<std::string>({"mail.example.net"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_self_signed_certificate_is_recorded) {
  auto wish = certificate_for("imap.example.org");
  wish.self_signed = true;
  Mail mail(imaps, wish);
  BOOST_TEST((probe(mail.ask(SocketType::ssl)).tls.value().certificate == CertificateVerdict::self_signed));
}

BOOST_AUTO_TEST_CASE(G12_a_silent_server_is_cut_and_the_phase_told) {
  Mail mail([](Mail&, Conversation& client) { client.wait_for_close(); });
  const auto late = failure(mail.ask(SocketType::starttls, moment));
  BOOST_TEST((late == Failure{FailureKind::timed_out,
                              "waiting for the greeting of 127.0.0.1:" + std::to_string(mail.server.port())}));
}

BOOST_AUTO_TEST_CASE(G12_a_server_that_falls_silent_is_cut_and_the_phase_told) {
  Mail mail([](Mail&, Conversation& client) {
    client.send("* OK ready\r\n");
    client.wait_for_close();
  });
  const auto late = failure(mail.ask(SocketType::starttls, moment));
  BOOST_TEST((late == Failure{FailureKind::timed_out, "waiting for an answer of 127.0.0.1:" +
                                                          std::to_string(mail.server.port()) + " after its greeting"}));
}

BOOST_AUTO_TEST_CASE(G12_a_web_server_on_the_port_is_no_mail_server) {
  Mail mail([](Mail&, Conversation& client) {
    client.send("HTTP/1.1 400 Bad Request\r\n\r\n");
    client.wait_for_close();
  });
  BOOST_TEST((probe(mail.ask(SocketType::starttls)).verdict == ProbeVerdict::other_protocol));
}

BOOST_AUTO_TEST_CASE(a_port_that_greets_in_clear_has_no_implicit_TLS) {
  Mail mail([](Mail&, Conversation& client) {
    client.send("* OK ready\r\n");
    client.wait_for_close();
  });
  const auto refused = failure(mail.ask(SocketType::ssl));
  BOOST_TEST((refused == Failure{FailureKind::tls_failed, "imap.example.org answers, but not with TLS"}));
}

BOOST_AUTO_TEST_CASE(a_server_that_closes_before_its_greeting_is_a_failure) {
  Mail closing([](Mail&, Conversation&) {});
  BOOST_TEST((failure(closing.ask(SocketType::starttls)).kind == FailureKind::closed));
  Mail resetting([](Mail&, Conversation& client) { client.reset(); });
  BOOST_TEST((failure(resetting.ask(SocketType::starttls)).kind == FailureKind::closed));
}

BOOST_AUTO_TEST_CASE(a_server_that_never_stops_talking_is_cut) {
  Mail mail([](Mail&, Conversation& client) {
    while (client.send("* OK and another thing\r\n")) continue;
  });
  const auto answer = mail.ask(SocketType::starttls);
  BOOST_TEST((failure(answer).kind == FailureKind::too_large));
}

BOOST_AUTO_TEST_CASE(submission_is_probed_with_a_neutral_name) {
  std::string hello;
  Mail mail([&](Mail& self, Conversation& client) {
    if (!client.start_tls(self.identity)) return;
    client.send("220 ready\r\n");
    hello = client.read_line();
    client.send("250-imap.example.org\r\n250 AUTH PLAIN\r\n");
    client.wait_for_close();
  });
  const auto answer = probe(mail.ask(SocketType::ssl, plenty, ServerType::smtp));
  BOOST_TEST((answer.verdict == ProbeVerdict::speaks));
  BOOST_TEST(mail.server.wait_until_open(0));
  BOOST_TEST(hello.starts_with("EHLO "), hello);
}

BOOST_AUTO_TEST_SUITE_END()
