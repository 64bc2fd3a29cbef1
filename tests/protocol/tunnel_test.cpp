// What is said to a proxy and what its answers mean, however they are cut, and that nothing behind them is taken.
#include "protocol/tunnel.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "protocol/limits.h"

using namespace mailconf;
namespace data = boost::unit_test::data;
using namespace std::string_literals;

namespace {

const std::string greeting = "* OK the target's own words\r\n";
const TunnelTarget imap{"imap.example.org", 993};
const ProxyAccount account{"carol", "s3cret"};

struct Played {
  std::string client;
  std::string outcome;  // "connected", or the failure
  std::string left;     // of a connection: what belongs to the target

  bool operator==(const Played&) const = default;
};

// The proxy's octets arrive in pieces of `size`, the first of `first` octets, and then the connection ends.
Played play(TunnelDialogue& dialogue, std::string_view octets, std::size_t first, std::size_t size) {
  Played played;
  auto action = dialogue.begin();
  for (std::size_t piece = first; action.read > 0; piece = size) {
    played.client += action.send.text();
    const auto taken = octets.substr(0, std::min(piece, action.read));
    octets.remove_prefix(taken.size());
    action = taken.empty() ? dialogue.on_closed() : dialogue.on_bytes(taken);
  }
  const auto& failure = dialogue.failure();
  played.outcome = failure ? fmt::format("{}: {}", to_string(failure->kind), failure->detail) : "connected";
  if (!failure) played.left = octets;
  return played;
}

Played play(ProxyKind kind, const std::string& octets, const TunnelTarget& target = imap,
            const std::optional<ProxyAccount>& with = std::nullopt) {
  const auto once = [&](std::size_t first, std::size_t size) {
    return play(*make_tunnel_dialogue(kind, target, with), octets, first, size);
  };
  const Played whole = once(octets.size(), octets.size());
  BOOST_TEST((once(1, 1) == whole), "octet by octet it ends otherwise");
  const std::size_t step = octets.size() < 2000 ? 1 : octets.size() / 100;
  for (std::size_t at = 1; at < octets.size(); at += step)
    BOOST_TEST((once(at, octets.size()) == whole), "cut at octet " << at << " it ends otherwise");
  return whole;
}

Played connect(const std::string& octets, const std::optional<ProxyAccount>& with = std::nullopt) {
  return play(ProxyKind::http_connect, octets, imap, with);
}

Played socks(const std::string& octets, const std::optional<ProxyAccount>& with = std::nullopt) {
  return play(ProxyKind::socks5, octets, imap, with);
}

std::string answer(int status) { return fmt::format("HTTP/1.1 {} Words of the proxy\r\n\r\n", status); }

const std::string no_account_wanted = "\5\0"s;
const std::string account_wanted = "\5\2"s;
const std::string account_accepted = "\1\0"s;
const std::string connected_v4 = "\5\0\0\1\0\0\0\0\0\0"s;

}  // namespace

BOOST_AUTO_TEST_SUITE(connect_tunnels)

BOOST_AUTO_TEST_CASE(the_proxy_is_asked_for_the_host_by_its_name) {
  const auto played = connect(answer(200));
  BOOST_TEST(played.client == "CONNECT imap.example.org:993 HTTP/1.1\r\nHost: imap.example.org:993\r\n\r\n");
  BOOST_TEST(played.outcome == "connected");
}

BOOST_AUTO_TEST_CASE(an_IPv6_address_stands_in_brackets) {
  const auto played = play(ProxyKind::http_connect, answer(200), {"2001:db8::1", 25});
  BOOST_TEST(played.client.starts_with("CONNECT [2001:db8::1]:25 HTTP/1.1\r\n"));
}

BOOST_AUTO_TEST_CASE(what_follows_the_answer_is_left_to_the_target) {
  BOOST_TEST(connect(answer(200) + greeting).left == greeting);
}

BOOST_AUTO_TEST_CASE(a_success_has_no_body_whatever_its_header_says) {
  const auto played = connect("HTTP/1.0 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n" + greeting);
  BOOST_TEST(played.outcome == "connected");
  BOOST_TEST(played.left == greeting);
}

BOOST_AUTO_TEST_CASE(interim_answers_are_passed_over) {
  BOOST_TEST(connect(answer(100) + answer(102) + answer(200) + greeting).left == greeting);
}

BOOST_AUTO_TEST_CASE(the_account_is_sent_when_there_is_one) {
  const auto played = connect(answer(200), account);
  BOOST_TEST(played.client.ends_with("\r\nProxy-Authorization: Basic Y2Fyb2w6czNjcmV0\r\n\r\n"));
}

BOOST_AUTO_TEST_CASE(a_proxy_that_wants_an_account_says_so) {
  BOOST_TEST(connect(answer(407)).outcome ==
             "proxy-failed: imap.example.org:993: the proxy answers 407: it wants a user name and a password");
}

BOOST_AUTO_TEST_CASE(a_refused_account_is_told_without_it) {
  const auto outcome = connect(answer(407), account).outcome;
  BOOST_TEST(
      outcome ==
      "proxy-failed: imap.example.org:993: the proxy answers 407: it does not accept the user name and password");
}

BOOST_AUTO_TEST_CASE(an_account_may_be_refused_as_by_a_web_server) {
  BOOST_TEST(connect(answer(401), account).outcome.ends_with("it does not accept the user name and password"));
}

BOOST_AUTO_TEST_CASE(the_proxy_s_own_words_are_not_repeated) {
  BOOST_TEST(connect("HTTP/1.1 418 carol:s3cret\r\n\r\n", account).outcome ==
             "proxy-failed: imap.example.org:993: the proxy answers 418: it makes no connection");
}

BOOST_DATA_TEST_CASE(a_proxy_that_cannot_connect_says_nothing_definite_about_the_host, data::make({500, 502, 503, 504}),
                     status) {
  BOOST_TEST(connect(answer(status)).outcome.starts_with("unreachable: "));
}

BOOST_DATA_TEST_CASE(a_proxy_that_does_not_want_to_says_nothing_about_the_host, data::make({301, 400, 403, 404, 405}),
                     status) {
  BOOST_TEST(connect(answer(status)).outcome.starts_with("proxy-failed: "));
}

BOOST_DATA_TEST_CASE(what_is_not_HTTP_ends_it,
                     data::make({"SSH-2.0-server\r\n", "\x05\xff", "HTTP/2 200\r\n\r\n", "* OK imap\r\n"}), octets) {
  BOOST_TEST(connect(octets).outcome == "proxy-failed: the proxy does not answer in HTTP/1.1");
}

BOOST_DATA_TEST_CASE(a_status_that_is_none_ends_it,
                     data::make({"HTTP/1.1 \r\n\r\n", "HTTP/1.1 2x0 OK\r\n\r\n", "HTTP/1.1 099\r\n\r\n"}), octets) {
  BOOST_TEST(connect(octets).outcome == "proxy-failed: the proxy's answer has no status");
}

BOOST_AUTO_TEST_CASE(a_line_without_CR_ends_it) {
  BOOST_TEST(connect("HTTP/1.1 200 OK\n\n").outcome ==
             "proxy-failed: a line of the proxy's answer does not end in CRLF");
}

BOOST_AUTO_TEST_CASE(an_answer_without_end_is_not_read_to_its_end) {
  const std::string octets = "HTTP/1.1 200 OK\r\nX: " + std::string(2 * limits::http_header, 'x') + "\r\n\r\n";
  BOOST_TEST(connect(octets).outcome == "proxy-failed: the proxy's answer is too long");
}

BOOST_AUTO_TEST_CASE(interim_answers_without_end_are_not_read_for_ever) {
  std::string octets;
  while (octets.size() < 2 * limits::http_header) octets += answer(100);
  BOOST_TEST(connect(octets).outcome == "proxy-failed: the proxy's answer is too long");
}

BOOST_AUTO_TEST_CASE(an_end_within_the_answer_is_no_tunnel) {
  BOOST_TEST(connect("HTTP/1.1 200 OK\r\n").outcome ==
             "proxy-failed: the proxy closed the connection without an answer");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(socks_tunnels)

BOOST_AUTO_TEST_CASE(the_proxy_is_asked_for_the_host_by_its_name) {
  const auto played = socks(no_account_wanted + connected_v4 + greeting);
  BOOST_TEST(played.client == "\5\1\0\5\1\0\3\x10imap.example.org\x03\xe1"s);
  BOOST_TEST(played.outcome == "connected");
  BOOST_TEST(played.left == greeting);
}

BOOST_AUTO_TEST_CASE(addresses_are_sent_as_such) {
  const auto v4 = play(ProxyKind::socks5, no_account_wanted + connected_v4, {"192.0.2.1", 25});
  BOOST_TEST(v4.client == "\5\1\0\5\1\0\1\xc0\0\2\1\0\x19"s);
  const auto v6 = play(ProxyKind::socks5, no_account_wanted + connected_v4, {"2001:db8::1", 25});
  BOOST_TEST(v6.client == "\5\1\0\5\1\0\4\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1\0\x19"s);
}

BOOST_AUTO_TEST_CASE(the_address_that_the_proxy_tells_may_be_of_any_kind) {
  const std::string v6 = "\5\0\0\4"s + std::string(16, '\1') + "\0\x50"s;
  const std::string name = "\5\0\0\3\5proxy\0\x50"s;
  const std::string no_name = "\5\0\0\3\0\0\x50"s;
  for (const auto& reply : {v6, name, no_name})
    BOOST_TEST(socks(no_account_wanted + reply + greeting).left == greeting);
}

BOOST_AUTO_TEST_CASE(the_account_is_sent_when_the_proxy_wants_it) {
  const auto played = socks(account_wanted + account_accepted + connected_v4 + greeting, account);
  BOOST_TEST(played.client == "\5\2\0\2\1\5carol\6s3cret\5\1\0\3\x10imap.example.org\x03\xe1"s);
  BOOST_TEST(played.left == greeting);
}

BOOST_AUTO_TEST_CASE(the_account_is_kept_when_the_proxy_does_not_want_it) {
  const auto played = socks(no_account_wanted + connected_v4, account);
  BOOST_TEST(played.client.find("s3cret") == std::string::npos);
  BOOST_TEST(played.outcome == "connected");
}

BOOST_AUTO_TEST_CASE(a_proxy_that_wants_an_account_says_so) {
  BOOST_TEST(socks("\5\xff"s).outcome == "proxy-failed: the proxy wants a user name and a password");
  // It chooses what was not offered.
  BOOST_TEST(socks(account_wanted).outcome == "proxy-failed: the proxy wants a user name and a password");
}

BOOST_AUTO_TEST_CASE(a_refused_account_is_told_without_it) {
  BOOST_TEST(socks(account_wanted + "\1\1"s, account).outcome ==
             "proxy-failed: the proxy does not accept the user name and password");
}

BOOST_AUTO_TEST_CASE(a_host_that_refuses_is_told_from_a_proxy_that_does) {
  BOOST_TEST(socks(no_account_wanted + "\5\5"s).outcome ==
             "refused: imap.example.org:993: the proxy answers 5: connection refused");
  BOOST_TEST(socks(no_account_wanted + "\5\2"s).outcome ==
             "proxy-failed: imap.example.org:993: the proxy answers 2: it does not allow this connection");
}

BOOST_DATA_TEST_CASE(a_host_that_cannot_be_reached_is_not_absent, data::make({'\1', '\3', '\4', '\6'}), code) {
  BOOST_TEST(socks(no_account_wanted + '\5' + code).outcome.starts_with("unreachable: "));
}

BOOST_AUTO_TEST_CASE(codes_that_nobody_has_defined_are_failures_of_the_proxy) {
  BOOST_TEST(socks(no_account_wanted + "\5\xf3"s).outcome ==
             "proxy-failed: imap.example.org:993: the proxy answers 243: it makes no connection");
}

BOOST_AUTO_TEST_CASE(what_is_not_SOCKS_5_ends_it) {
  const std::vector<std::string> answers{"HTTP/1.1 400 Bad Request\r\n\r\n", "\4\0"s, no_account_wanted + "\4\0"s,
                                         no_account_wanted + "\5\0\0\2\0\0\0"s};
  for (const auto& octets : answers)
    BOOST_TEST(socks(octets).outcome == "proxy-failed: the proxy does not answer in SOCKS version 5");
}

BOOST_AUTO_TEST_CASE(an_end_within_the_answer_is_no_tunnel) {
  const std::string all = account_wanted + account_accepted + connected_v4;
  for (std::size_t size = 0; size < all.size(); ++size)
    BOOST_TEST(socks(all.substr(0, size), account).outcome ==
               "proxy-failed: the proxy closed the connection without an answer");
}

BOOST_AUTO_TEST_CASE(a_name_that_does_not_fit_is_not_cut) {
  const auto played = play(ProxyKind::socks5, no_account_wanted, {std::string(256, 'x'), 993});
  BOOST_TEST(played.client.empty());
  BOOST_TEST(played.outcome == "proxy-failed: the host's name is too long");
}

BOOST_AUTO_TEST_SUITE_END()
