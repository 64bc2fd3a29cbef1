// How a proxy is written, and which connections do without it.
#include "network/proxy.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace mailconf;
namespace data = boost::unit_test::data;

namespace {

bool is_used(std::vector<std::string> exceptions, const std::string& host, std::uint16_t port = 993) {
  const auto policy = ProxyPolicy::create({"http://192.0.2.1:3128", std::move(exceptions), false});
  return policy.value().proxy_for(host, port) != nullptr;
}

std::string refusal_of(const ProxyOptions& options) {
  const auto policy = ProxyPolicy::create(options);
  return policy ? "accepted" : policy.error().text();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(proxies)

BOOST_AUTO_TEST_CASE(a_proxy_is_a_kind_a_host_and_a_port) {
  BOOST_TEST((parse_proxy("http://proxy.example.org:3128").value() ==
              Proxy{ProxyKind::http_connect, "proxy.example.org", 3128, std::nullopt}));
  BOOST_TEST((parse_proxy("socks5h://[::1]:9050/").value() == Proxy{ProxyKind::socks5, "::1", 9050, std::nullopt}));
  BOOST_TEST(
      (parse_proxy("127.0.0.1:3128").value() == Proxy{ProxyKind::http_connect, "127.0.0.1", 3128, std::nullopt}));
}

BOOST_AUTO_TEST_CASE(an_account_may_hold_any_character_when_it_is_encoded) {
  const auto proxy = parse_proxy("socks5h://carol%40example.org:a%3A%2F%25b@192.0.2.1:1080").value();
  BOOST_TEST((proxy.account == ProxyAccount{"carol@example.org", "a:/%b"}));
  BOOST_TEST((parse_proxy("http://carol@192.0.2.1:1080").value().account == ProxyAccount{"carol", ""}));
}

BOOST_DATA_TEST_CASE(what_is_no_proxy_is_refused,
                     data::make({"", "http://", "http://proxy.example.org", "http://proxy.example.org:0",
                                 "http://proxy.example.org:x", "https://proxy.example.org:443", "ftp://192.0.2.1:21",
                                 "socks5://192.0.2.1:1080", "http://[192.0.2.1]:80", "http://::1:80",
                                 "http://:pw@192.0.2.1:80", "http://a%3Ab:pw@192.0.2.1:80",
                                 "http://a%0D:b@192.0.2.1:80", "http://a%4:b@192.0.2.1:80", "http://a b:80"}),
                     text) {
  BOOST_TEST(!parse_proxy(text).has_value());
}

BOOST_AUTO_TEST_CASE(a_refusal_does_not_quote_the_password) {
  for (const auto* text : {"http://carol:s3cret@192.0.2.1", "https://carol:s3cret@192.0.2.1:443",
                           "socks5://carol:s3cret@192.0.2.1:1080", "http://carol:s3cret%0a@192.0.2.1:80"})
    BOOST_TEST(parse_proxy(text).error().text().find("s3cret") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_proxy_with_local_look_ups_is_refused_with_the_way_out) {
  BOOST_TEST(parse_proxy("socks5://192.0.2.1:1080").error().text() ==
             "proxy: names must be looked up by the proxy: write socks5h://");
}

BOOST_AUTO_TEST_CASE(without_a_proxy_there_is_none) {
  BOOST_TEST(ProxyPolicy::create({}).value().proxy_for("imap.example.org", 993) == nullptr);
}

BOOST_AUTO_TEST_CASE(a_star_excepts_everything) {
  BOOST_TEST(!is_used({"*"}, "imap.example.org"));
  BOOST_TEST(!is_used({" * "}, "192.0.2.9"));
}

BOOST_AUTO_TEST_CASE(a_domain_excepts_all_below_it_by_whole_labels) {
  for (const auto* exception : {"example.org", ".example.org", "*.example.org", "EXAMPLE.org"}) {
    BOOST_TEST(!is_used({exception}, "imap.example.org"), exception);
    BOOST_TEST(!is_used({exception}, "example.org"), exception);
    BOOST_TEST(is_used({exception}, "badexample.org"), exception);
    BOOST_TEST(is_used({exception}, "example.org.example.net"), exception);
  }
}

BOOST_AUTO_TEST_CASE(an_exception_may_have_a_port) {
  BOOST_TEST(!is_used({"example.org:993"}, "imap.example.org", 993));
  BOOST_TEST(is_used({"example.org:143"}, "imap.example.org", 993));
  BOOST_TEST(!is_used({"192.0.2.9:993"}, "192.0.2.9", 993));
  BOOST_TEST(is_used({"[2001:db8::9]:143"}, "2001:db8::9", 993));
}

BOOST_AUTO_TEST_CASE(addresses_and_networks_except_addresses) {
  BOOST_TEST(!is_used({"192.0.2.9"}, "192.0.2.9"));
  BOOST_TEST(!is_used({"192.0.2.0/24"}, "192.0.2.9"));
  BOOST_TEST(!is_used({"2001:db8::/32"}, "2001:db8::9"));
  BOOST_TEST(is_used({"192.0.2.0/24"}, "198.51.100.9"));
  BOOST_TEST(is_used({"2.9"}, "192.0.2.9"));
}

BOOST_AUTO_TEST_CASE(what_is_no_exception_excepts_nothing) {
  for (const auto* exception : {"", ".", "*.", "192.0.2.0/33", ":993", "example.org:x"})
    BOOST_TEST(is_used({exception}, "imap.example.org"), exception);
}

BOOST_AUTO_TEST_CASE(the_only_way_has_no_exceptions) {
  const auto policy = ProxyPolicy::create({"http://192.0.2.1:3128", {"*"}, true}).value();
  BOOST_TEST(policy.proxy_for("imap.example.org", 993) != nullptr);
}

BOOST_AUTO_TEST_CASE(the_only_way_must_be_there_and_need_no_look_up) {
  BOOST_TEST(refusal_of({"", {}, true}) == "proxy_only: there is no proxy that could be the only one");
  BOOST_TEST(refusal_of({"http://proxy.example.org:3128", {}, true}) ==
             "proxy_only: the proxy must be given by its address: no name is looked up");
  BOOST_TEST(refusal_of({"http://localhost:3128", {}, true}) == "accepted");
}

BOOST_AUTO_TEST_SUITE_END()
