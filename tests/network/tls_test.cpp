#include "network/tls.h"

#include <boost/test/unit_test.hpp>

#include "network/asking.h"

using namespace mailconf;
using namespace mailconf::testing;

namespace {

// An HTTPS server for autoconfig.example.org, and a question to it.
struct SecureWeb {
  explicit SecureWeb(const CertificateWish& wish) : identity(ca.issue(wish)) {
    dns.a("autoconfig.example.org", "127.0.0.1");
  }

  void serve(Conversation& client) {
    if (!client.start_tls(identity)) return;
    asked_for = client.server_name();
    client.read_request();
    requests += 1;
    client.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
    said_goodbye = client.wait_for_close();
  }
  Answer ask(const std::string& host = "autoconfig.example.org") {
    return Asking(dns, ca.file()).ask(get("https://" + host + ":" + std::to_string(server.port()) + "/"));
  }

  TestCa ca;
  Identity identity;
  DnsServer dns;
  std::string asked_for;
  int requests = 0;
  bool said_goodbye = false;
  TcpServer server{[this](Conversation& client) { serve(client); }};
};

// The verdict on a certificate, and that no request followed it.
std::string complaint_about(const CertificateWish& wish) {
  SecureWeb web(wish);
  const auto refused = failure(web.ask());
  BOOST_TEST((refused.kind == FailureKind::certificate_bad));
  BOOST_TEST(web.server.wait_until_open(0));
  BOOST_TEST(web.requests == 0);
  return refused.detail;
}

CertificateWish named(std::vector<std::string> names) {
  CertificateWish wish;
  wish.names = std::move(names);
  return wish;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tls)

BOOST_AUTO_TEST_CASE(a_certificate_for_the_name_is_accepted_and_the_name_asked_for) {
  SecureWeb web(named({"example.org", "autoconfig.example.org"}));
  BOOST_TEST(http(web.ask()).body == "hello");
  BOOST_TEST(web.server.wait_until_open(0));
  BOOST_TEST(web.asked_for == "autoconfig.example.org");
}

BOOST_AUTO_TEST_CASE(the_client_takes_leave_of_TLS) {
  SecureWeb web(named({"autoconfig.example.org"}));
  web.ask();
  BOOST_TEST(web.server.wait_until_open(0));
  BOOST_TEST(web.said_goodbye);
}

BOOST_AUTO_TEST_CASE(H15_an_expired_certificate_fails) {
  auto wish = named({"autoconfig.example.org"});
  wish.not_after = "20010101000000Z";
  BOOST_TEST(complaint_about(wish) == "the certificate of autoconfig.example.org expired on 2001-01-01T00:00:00Z");
}

BOOST_AUTO_TEST_CASE(H15_a_certificate_of_the_future_fails) {
  auto wish = named({"autoconfig.example.org"});
  wish.not_before = "20900101000000Z";
  BOOST_TEST(complaint_about(wish) ==
             "the certificate of autoconfig.example.org is not valid before 2090-01-01T00:00:00Z");
}

BOOST_AUTO_TEST_CASE(H15_a_certificate_for_other_names_fails) {
  BOOST_TEST(complaint_about(named({"www.example.net"})) ==
             "the certificate is for www.example.net, not for autoconfig.example.org");
  BOOST_TEST(complaint_about(named({"a.example.net", "b.example.net", "c.example.net", "d.example.net"})) ==
             "the certificate is for a.example.net, b.example.net, c.example.net and 1 more, not for "
             "autoconfig.example.org");
}

BOOST_AUTO_TEST_CASE(H15_a_self_signed_certificate_fails) {
  auto wish = named({"autoconfig.example.org"});
  wish.self_signed = true;
  BOOST_TEST(complaint_about(wish) == "the certificate of autoconfig.example.org is self-signed");
}

BOOST_AUTO_TEST_CASE(H15_a_certificate_of_an_issuer_that_is_not_trusted_fails) {
  SecureWeb web(named({"autoconfig.example.org"}));
  const TestCa other("Another Authority");
  const auto refused =
      failure(Asking(web.dns, other.file())
                  .ask(get("https://autoconfig.example.org:" + std::to_string(web.server.port()) + "/")));
  BOOST_TEST((refused.kind == FailureKind::certificate_bad));
  BOOST_TEST(refused.detail ==
             "the certificate of autoconfig.example.org was issued by \"Test Authority\", which is not trusted");
}

BOOST_AUTO_TEST_CASE(a_wildcard_stands_for_one_whole_label) {
  SecureWeb web(named({"*.example.org"}));
  BOOST_TEST(http(web.ask()).status == 200);
  for (const auto* pattern : {"auto*.example.org", "*.org", "*", "autoconfig.*.org"})
    BOOST_TEST(complaint_about(named({pattern})).starts_with("the certificate is for"), pattern);
}

BOOST_AUTO_TEST_CASE(a_common_name_is_not_looked_at) {
  CertificateWish wish;
  wish.common_name = "autoconfig.example.org";
  BOOST_TEST(complaint_about(wish) == "the certificate is for no name at all, not for autoconfig.example.org");
}

BOOST_AUTO_TEST_CASE(an_address_needs_a_certificate_for_the_address) {
  SecureWeb right(named({"127.0.0.1"}));
  BOOST_TEST(http(right.ask("127.0.0.1")).status == 200);
  BOOST_TEST(right.server.wait_until_open(0));
  BOOST_TEST(right.asked_for.empty());
  SecureWeb wrong(named({"127.0.0.2"}));
  BOOST_TEST(failure(wrong.ask("127.0.0.1")).detail == "the certificate is for 127.0.0.2, not for 127.0.0.1");
}

BOOST_AUTO_TEST_CASE(a_mapped_host_still_needs_a_certificate_for_its_name) {
  SecureWeb web(named({"www.example.net"}));
  auto options = local(web.dns, web.ca.file());
  options.connect_to = {{"autoconfig.example.org", 443, "127.0.0.1", web.server.port()}};
  BOOST_TEST(
      (failure(Asking(options).ask(get("https://autoconfig.example.org/"))).kind == FailureKind::certificate_bad));
}

BOOST_AUTO_TEST_CASE(a_server_without_TLS_is_told_as_such) {
  DnsServer dns;
  TcpServer server([](Conversation& client) {
    client.send("220 mail.example.org ESMTP\r\n");
    client.wait_for_close();
  });
  const auto refused = failure(Asking(dns).ask(get("https://127.0.0.1:" + std::to_string(server.port()) + "/")));
  BOOST_TEST((refused.kind == FailureKind::tls_failed));
  BOOST_TEST(refused.detail == "127.0.0.1 answers, but not with TLS");
}

BOOST_AUTO_TEST_CASE(a_server_that_closes_in_the_handshake_is_told_as_such) {
  DnsServer dns;
  TcpServer server([](Conversation& client) { client.read_line(); });
  TcpServer closing([](Conversation&) {});
  const auto closed = failure(Asking(dns).ask(get("https://127.0.0.1:" + std::to_string(closing.port()) + "/")));
  const bool told = closed.kind == FailureKind::tls_failed || closed.kind == FailureKind::closed;
  BOOST_TEST(told);
}

BOOST_AUTO_TEST_CASE(a_handshake_without_end_is_cut_and_the_phase_told) {
  DnsServer dns;
  TcpServer server([](Conversation& client) { client.wait_for_close(); });
  const auto where = "127.0.0.1:" + std::to_string(server.port());
  const auto late = failure(Asking(dns).ask(get("https://" + where + "/"), moment));
  BOOST_TEST((late == Failure{FailureKind::timed_out, "no end of the TLS handshake with " + where}));
}

BOOST_AUTO_TEST_CASE(a_body_that_ends_with_the_connection_needs_an_end_of_TLS) {
  DnsServer dns;
  const TestCa ca;
  const auto identity = ca.issue(named({"127.0.0.1"}));
  TcpServer server([&](Conversation& client) {
    client.start_tls(identity);
    client.read_request();
    client.send("HTTP/1.1 200 OK\r\n\r\n<clientConfig>cut by somebody");
  });
  const auto cut = failure(Asking(dns, ca.file()).ask(get("https://127.0.0.1:" + std::to_string(server.port()) + "/")));
  BOOST_TEST((cut.kind == FailureKind::closed));
}

BOOST_AUTO_TEST_CASE(a_CA_file_that_cannot_be_read_is_an_error_with_its_name) {
  const auto context = TlsContext::create("/nowhere/ca.pem");
  BOOST_TEST_REQUIRE(!context.has_value());
  BOOST_TEST(context.error().text() == "/nowhere/ca.pem: cannot be read as a PEM file with CA certificates");
}

BOOST_AUTO_TEST_CASE(SSL_CERT_FILE_names_the_trusted_authorities) {
  SecureWeb web(named({"autoconfig.example.org"}));
  ::setenv("SSL_CERT_FILE", web.ca.file().c_str(), 1);
  const auto answer =
      Asking(web.dns).ask(get("https://autoconfig.example.org:" + std::to_string(web.server.port()) + "/"));
  ::unsetenv("SSL_CERT_FILE");
  BOOST_TEST(http(answer).status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
