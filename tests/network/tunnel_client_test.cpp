// Questions to hosts behind a proxy in the test's own process, which plays the host too once it has let the client in.
#include "network/tunnel_client.h"

#include <boost/test/unit_test.hpp>

#include "network/asking.h"
#include "protocol/limits.h"

using namespace mailconf;
using namespace mailconf::testing;
using namespace std::string_literals;

namespace {

const std::string yes = "HTTP/1.1 200 Connection established\r\n\r\n";

void serve_hello(Conversation& client) {
  client.read_request();
  client.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
  client.wait_for_close();
}

void let_in_and_serve_hello(Conversation& client) {
  client.read_request();
  client.send(yes);
  serve_hello(client);
}

// Loopback counts as the outside world, and names would have to be looked up at a server that notes it.
struct Behind {
  explicit Behind(TcpServer::Script script, const std::string& scheme = "http://")
      : proxy(std::move(script)), options(local(dns)) {
    options.proxy.url = scheme + "127.0.0.1:" + std::to_string(proxy.port());
  }
  Answer ask(const Question& question, Duration within = plenty) { return Asking(options).ask(question, within); }

  DnsServer dns;
  TcpServer proxy;
  RealNetworkOptions options;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(tunnels)

BOOST_AUTO_TEST_CASE(a_document_comes_through_the_proxy_which_looks_the_name_up) {
  std::string request;
  Behind behind([&](Conversation& client) {
    request = client.read_request();
    client.send(yes);
    serve_hello(client);
  });
  BOOST_TEST(http(behind.ask(get("http://www.example.org/"))).body == "hello");
  BOOST_TEST(request == "CONNECT www.example.org:80 HTTP/1.1\nHost: www.example.org:80\n");
  BOOST_TEST(behind.dns.questions().empty());
}

BOOST_AUTO_TEST_CASE(a_document_comes_by_SOCKS) {
  std::string asked;
  Behind behind(
      [&](Conversation& client) {
        client.read_octets(3);
        client.send("\5\0"s);
        asked = client.read_octets(22);
        client.send("\5\0\0\1\x7f\0\0\1\0\x50"s);
        serve_hello(client);
      },
      "socks5h://");
  BOOST_TEST(http(behind.ask(get("http://www.example.org/"))).body == "hello");
  BOOST_TEST(asked == "\5\1\0\3\x0fwww.example.org\0\x50"s);
  BOOST_TEST(behind.dns.questions().empty());
}

BOOST_AUTO_TEST_CASE(a_greeting_right_behind_the_proxy_s_answer_is_not_lost) {
  Behind behind([](Conversation& client) {
    client.read_request();
    client.send(yes + "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n");
    for (auto line = client.read_line(); !line.empty(); line = client.read_line())
      client.send("* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n" + line.substr(0, line.find(' ')) + " OK\r\n");
  });
  const auto shown = probe(behind.ask(ProbeQuestion{ServerType::imap, "imap.example.org", 143, SocketType::plain}));
  BOOST_TEST((shown.verdict == ProbeVerdict::speaks));
  BOOST_TEST(shown.greeting.find("ready") != std::string::npos);
  BOOST_TEST(shown.address.empty(), "the proxy alone knows it");
}

BOOST_AUTO_TEST_CASE(the_certificate_must_be_the_target_s_own) {
  TestCa ca;
  for (const std::string name : {"www.example.org", "proxy.example.org"}) {
    CertificateWish wish;
    wish.names = {name};
    const auto identity = ca.issue(wish);
    Behind behind([&](Conversation& client) {
      client.read_request();
      client.send(yes);
      if (client.start_tls(identity)) serve_hello(client);
    });
    behind.options.ca_file = ca.file();
    const auto answer = behind.ask(get("https://www.example.org/"));
    if (name == "www.example.org")
      BOOST_TEST(http(answer).body == "hello");
    else
      BOOST_TEST((failure(answer).kind == FailureKind::certificate_bad));
  }
}

BOOST_AUTO_TEST_CASE(octets_slipped_in_before_TLS_break_the_handshake) {
  TestCa ca;
  CertificateWish wish;
  wish.names = {"www.example.org"};
  const auto identity = ca.issue(wish);
  Behind behind([&](Conversation& client) {
    client.read_request();
    client.send(yes + "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfalse");
    if (client.start_tls(identity)) serve_hello(client);
  });
  behind.options.ca_file = ca.file();
  BOOST_TEST((failure(behind.ask(get("https://www.example.org/"))).kind == FailureKind::tls_failed));
}

BOOST_AUTO_TEST_CASE(a_proxy_may_have_a_name_which_is_looked_up_and_may_be_private) {
  Behind behind(let_in_and_serve_hello);
  behind.dns.a("proxy.example.org", "127.0.0.1");
  behind.options.proxy.url = "http://proxy.example.org:" + std::to_string(behind.proxy.port());
  behind.options.allow_private = false;
  BOOST_TEST(http(behind.ask(get("http://www.example.org/"))).body == "hello");
  for (const auto& question : behind.dns.questions()) BOOST_TEST(question.ends_with(" proxy.example.org"), question);
}

BOOST_AUTO_TEST_CASE(the_proxy_s_own_network_is_not_asked_for) {
  Behind behind(let_in_and_serve_hello);
  behind.options.allow_private = false;
  for (const auto* host : {"127.0.0.1", "10.0.0.1", "[::1]", "localhost", "www.localhost", "intranet"}) {
    const auto kept_out = failure(behind.ask(get("http://"s + host + "/")));
    BOOST_TEST((kept_out.kind == FailureKind::address_not_public), host);
  }
  BOOST_TEST(behind.proxy.accepted() == 0U);
}

BOOST_AUTO_TEST_CASE(a_mapped_host_is_reached_there_by_the_proxy) {
  std::string request;
  Behind behind([&](Conversation& client) {
    request = client.read_request();
    client.send(yes);
    serve_hello(client);
  });
  behind.options.allow_private = false;
  behind.options.connect_to = {{"www.example.org", 80, "127.0.0.9", 8080}};
  BOOST_TEST(http(behind.ask(get("http://www.example.org/"))).body == "hello");
  BOOST_TEST(request.starts_with("CONNECT 127.0.0.9:8080 "));
}

BOOST_AUTO_TEST_CASE(an_excepted_host_is_connected_to_without_the_proxy) {
  Behind behind(let_in_and_serve_hello);
  TcpServer server(serve_hello);
  behind.dns.a("www.example.org", "127.0.0.1");
  behind.options.proxy.exceptions = {"example.org"};
  BOOST_TEST(http(behind.ask(get("http://www.example.org:" + std::to_string(server.port()) + "/"))).body == "hello");
  BOOST_TEST(behind.proxy.accepted() == 0U);
}

BOOST_AUTO_TEST_CASE(a_proxy_that_cannot_be_reached_says_nothing_about_the_host) {
  Behind behind(let_in_and_serve_hello);
  const RefusingPort refusing;
  behind.options.proxy.url = "http://127.0.0.1:" + std::to_string(refusing.port());
  const auto refused = failure(behind.ask(get("http://www.example.org/")));
  BOOST_TEST((refused.kind == FailureKind::proxy_failed));
  BOOST_TEST(refused.detail ==
             "no way to the proxy: 127.0.0.1:" + std::to_string(refusing.port()) + ": connection refused");
}

BOOST_AUTO_TEST_CASE(a_proxy_that_breaks_off_says_nothing_about_the_host) {
  Behind behind([](Conversation& client) {
    client.read_request();
    client.reset();
  });
  const auto broken = failure(behind.ask(get("http://www.example.org/")));
  BOOST_TEST((broken.kind == FailureKind::proxy_failed), broken.detail);
}

BOOST_AUTO_TEST_CASE(the_account_goes_to_the_proxy_and_into_no_failure) {
  std::string request;
  Behind behind([&](Conversation& client) {
    request = client.read_request();
    client.send("HTTP/1.1 407 carol:s3cret\r\nProxy-Authenticate: Basic realm=\"s3cret\"\r\n\r\n");
  });
  behind.options.proxy.url = "http://carol:s3cret@127.0.0.1:" + std::to_string(behind.proxy.port());
  const auto refused = failure(behind.ask(get("http://www.example.org/")));
  BOOST_TEST(request.find("Proxy-Authorization: Basic Y2Fyb2w6czNjcmV0") != std::string::npos);
  BOOST_TEST(refused.detail ==
             "www.example.org:80: the proxy answers 407: it does not accept the user name and password");
}

BOOST_AUTO_TEST_CASE(a_silent_proxy_is_told_at_the_deadline) {
  Behind behind([](Conversation& client) { client.wait_for_close(); });
  BOOST_TEST((failure(behind.ask(get("http://www.example.org/"), moment)) ==
              Failure{FailureKind::timed_out, "no answer of the proxy about a connection to www.example.org:80"}));
}

BOOST_AUTO_TEST_CASE(four_connections_go_to_one_host_and_as_many_to_the_next) {
  Behind behind([](Conversation& client) {
    client.read_request();
    client.send(yes);
    client.wait_for_close();
  });
  Asking asking(behind.options);
  for (const std::string host : {"a.example.org", "b.example.org"})
    for (int i = 0; i < 6; ++i) asking.start(get("http://" + host + "/" + std::to_string(i)), i < 4 ? plenty : moment);
  for (int i = 0; i < 4; ++i) BOOST_TEST(failure(asking.next().answer).detail.starts_with("all sockets were taken"));
  BOOST_TEST(behind.proxy.wait_until_open(2 * limits::sockets_per_address));
}

BOOST_AUTO_TEST_CASE(a_cancelled_question_closes_its_tunnel) {
  Behind behind([](Conversation& client) { client.wait_for_close(); });
  Asking asking(behind.options);
  const auto number = asking.start(get("http://www.example.org/"));
  BOOST_TEST(behind.proxy.wait_until_open(1));
  asking.network().cancel({1, number});
  BOOST_TEST(behind.proxy.wait_until_open(0));
}

BOOST_AUTO_TEST_CASE(beside_a_proxy_the_name_servers_are_asked_for_records) {
  Behind behind(let_in_and_serve_hello);
  behind.dns.mx("example.org", 10, "mx.example.org");
  BOOST_TEST(dns(behind.ask(DnsQuestion{RecordType::mx, "example.org"})).mx.size() == 1U);
}

BOOST_AUTO_TEST_CASE(H19_where_the_proxy_is_the_only_way_no_name_server_is_asked) {
  Behind behind(let_in_and_serve_hello);
  behind.dns.mx("example.org", 10, "mx.example.org");
  behind.options.proxy.only = true;
  behind.options.proxy.exceptions = {"*"};
  for (const auto type : {RecordType::addresses, RecordType::mx, RecordType::srv, RecordType::txt, RecordType::ns})
    BOOST_TEST((failure(behind.ask(DnsQuestion{type, "example.org"})) ==
                Failure{FailureKind::not_asked, "not asked: all has to go through the proxy"}));
  BOOST_TEST(http(behind.ask(get("http://www.example.org/"))).body == "hello");
  BOOST_TEST(behind.dns.questions().empty());
}

BOOST_AUTO_TEST_SUITE_END()
