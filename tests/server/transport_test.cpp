// https: the certificate by the name that is asked for, and renewal without a restart.
#include <Poco/Net/Context.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/X509Certificate.h>
#include <boost/test/unit_test.hpp>

#include "server/published.h"
#include "support/test_ca.h"

namespace mailconf::testing {
namespace {

using Poco::Net::Context;
using Poco::Net::SecureStreamSocket;

const std::string request = "GET /mail/config-v1.1.xml HTTP/1.1\r\nHost: autoconfig.example.com\r\n\r\n";

Context::Ptr client_context() { return {new Context(Context::TLS_CLIENT_USE, "", Context::VERIFY_NONE)}; }

// Handshaken; `name` is sent as server name unless it is empty.
SecureStreamSocket connect(const Poco::Net::SocketAddress& address, const std::string& name,
                           const Context::Ptr& context = client_context()) {
  SecureStreamSocket socket(context);
  if (!name.empty()) socket.setPeerHostName(name);
  socket.connect(address);
  socket.setReceiveTimeout(Poco::Timespan(20, 0));
  socket.completeHandshake();
  return socket;
}

struct Secured {
  TestCa authority;
  Published published;

  Secured() : published({definition({"example.com"})}, with_https()) {}

  static Wishes with_https() {
    return {.server = "https = [\"127.0.0.1:0\"]\n", .more = "[tls]\ncertificates = \"certs\"\n", .limits = {}};
  }
  void add(const std::string& file, const std::string& name) const {
    const auto identity = authority.issue({.names = {name}, .common_name = name + " by " + file});
    published.folder.write("certs/" + file + ".crt", identity.certificate);
    published.folder.write("certs/" + file + ".key", identity.key);
  }
  [[nodiscard]] std::string certificate_for(const std::string& name) const {
    return connect(published.https(), name).peerCertificate().commonName();
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(transport, Secured)

BOOST_AUTO_TEST_CASE(the_document_is_served_over_https) {
  add("a", "autoconfig.example.com");
  published.server->reload();
  Client client(connect(published.https(), "autoconfig.example.com"));
  client.send(request);
  BOOST_TEST(client.read().body == published.get("/mail/config-v1.1.xml", "autoconfig.example.com").body);
  client.send(request);
  BOOST_TEST(client.read().status == 200);
}

BOOST_AUTO_TEST_CASE(row_93_the_certificate_is_chosen_by_the_server_name) {
  add("a", "autoconfig.example.com");
  add("b", "autoconfig.example.net");
  published.server->reload();
  BOOST_TEST(certificate_for("autoconfig.example.net") == "autoconfig.example.net by b");
  BOOST_TEST(certificate_for("autoconfig.example.com") == "autoconfig.example.com by a");
  BOOST_TEST(certificate_for("elsewhere.example") == "autoconfig.example.com by a");
  BOOST_TEST(certificate_for("") == "autoconfig.example.com by a");
}

BOOST_AUTO_TEST_CASE(row_95_clients_with_old_tls_are_refused_and_counted) {
  add("a", "autoconfig.example.com");
  published.server->reload();
  const auto old = client_context();
  SSL_CTX_set_security_level(old->sslContext(), 0);
  SSL_CTX_set_min_proto_version(old->sslContext(), TLS1_VERSION);
  SSL_CTX_set_max_proto_version(old->sslContext(), TLS1_1_VERSION);
  BOOST_CHECK_THROW(connect(published.https(), "autoconfig.example.com", old), Poco::Exception);
  // OpenSSL tells of an alert after it has sent it: the client may be the first to know.
  constexpr int most_looks = 1000;
  const std::string counted = "mailconfd_tls_alerts_total{alert=\"protocol version\",by=\"server\"} 1";
  bool is_counted = false;
  for (int i = 0; i < most_looks && !is_counted; ++i) {
    const auto metrics = ask(published.admin(), "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").body;
    is_counted = metrics.find(counted) != metrics.npos;
  }
  BOOST_TEST(is_counted);
}

BOOST_AUTO_TEST_CASE(a_renewed_certificate_is_used_after_the_reload) {
  add("b", "autoconfig.example.com");
  published.server->reload();
  auto before = connect(published.https(), "autoconfig.example.com");
  BOOST_TEST(before.peerCertificate().commonName() == "autoconfig.example.com by b");
  add("a", "autoconfig.example.com");
  published.server->reload();
  BOOST_TEST(certificate_for("autoconfig.example.com") == "autoconfig.example.com by a");
  Client still_open(before);
  still_open.send(request);
  BOOST_TEST(still_open.read().status == 200);
}

BOOST_AUTO_TEST_CASE(without_a_certificate_handshakes_fail_and_http_goes_on) {
  BOOST_CHECK_THROW(certificate_for("autoconfig.example.com"), Poco::Exception);
  BOOST_TEST(published.get("/mail/config-v1.1.xml", "autoconfig.example.com").status == 200);
  add("a", "autoconfig.example.com");
  published.server->reload();
  BOOST_TEST(certificate_for("autoconfig.example.com") == "autoconfig.example.com by a");
}

BOOST_AUTO_TEST_CASE(row_95_old_versions_of_tls_are_refused) {
  add("a", "autoconfig.example.com");
  published.server->reload();
  for (const int version : {TLS1_VERSION, TLS1_1_VERSION}) {
    const auto old = client_context();
    SSL_CTX_set_cipher_list(old->sslContext(), "ALL:@SECLEVEL=0");
    SSL_CTX_set_min_proto_version(old->sslContext(), version);
    SSL_CTX_set_max_proto_version(old->sslContext(), version);
    BOOST_CHECK_THROW(connect(published.https(), "autoconfig.example.com", old), Poco::Exception);
  }
  const auto recent = client_context();
  SSL_CTX_set_max_proto_version(recent->sslContext(), TLS1_2_VERSION);
  BOOST_CHECK_NO_THROW(connect(published.https(), "autoconfig.example.com", recent));
}

BOOST_AUTO_TEST_CASE(row_103_a_handshake_that_never_ends_blocks_nobody) {
  add("a", "autoconfig.example.com");
  published.server->reload();
  Client slow(published.https());
  slow.send("\x16");
  BOOST_TEST(certificate_for("autoconfig.example.com") == "autoconfig.example.com by a");
}

BOOST_AUTO_TEST_CASE(plain_http_at_the_https_port_hurts_nobody) {
  add("a", "autoconfig.example.com");
  published.server->reload();
  BOOST_TEST(ask(published.https(), request).status == 0);
  BOOST_TEST(certificate_for("autoconfig.example.com") == "autoconfig.example.com by a");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
