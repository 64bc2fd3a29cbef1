#include "engine/redirects.h"

#include <boost/test/unit_test.hpp>

using namespace mailconf;

namespace {

Url url(const char* text) { return *Url::parse(text); }

HttpAnswer moved(const char* location, int status = 302) {
  HttpAnswer answer;
  answer.status = status;
  answer.location = location;
  return answer;
}

const HttpQuestion asked{url("https://autoconfig.example.org/mail/config-v1.1.xml")};

void expect_refused(const std::variant<Url, Failure>& next, const char* words) {
  BOOST_REQUIRE(std::holds_alternative<Failure>(next));
  BOOST_TEST((std::get<Failure>(next).kind == FailureKind::redirect_refused));
  BOOST_TEST(std::get<Failure>(next).detail.find(words) != std::string::npos, std::get<Failure>(next).detail);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(redirects)

BOOST_AUTO_TEST_CASE(five_statuses_redirect) {
  for (const int status : {301, 302, 303, 307, 308}) BOOST_TEST(is_redirect(moved("https://x.example/", status)));
  for (const int status : {200, 300, 304, 305, 404}) BOOST_TEST(!is_redirect(moved("https://x.example/", status)));
}

BOOST_AUTO_TEST_CASE(H11a_another_https_host_is_followed) {
  const auto next = follow(asked, {}, moved("https://config.hoster.example/d/example.org.xml"));
  BOOST_REQUIRE(std::holds_alternative<Url>(next));
  BOOST_TEST(std::get<Url>(next).text() == "https://config.hoster.example/d/example.org.xml");
}

BOOST_AUTO_TEST_CASE(a_relative_location_counts_from_the_last_hop) {
  const auto next = follow(asked, {url("https://config.hoster.example/d/x")}, moved("../e/example.org.xml"));
  BOOST_REQUIRE(std::holds_alternative<Url>(next));
  BOOST_TEST(std::get<Url>(next).text() == "https://config.hoster.example/e/example.org.xml");
}

BOOST_AUTO_TEST_CASE(H11_http_is_refused_after_https) {
  expect_refused(follow(asked, {}, moved("http://autoconfig.example.org/mail/config-v1.1.xml")), "unencrypted");
}

BOOST_AUTO_TEST_CASE(H12_a_circle_is_refused) {
  expect_refused(follow(asked, {}, moved("/mail/config-v1.1.xml")), "circle");
  expect_refused(follow(asked, {url("https://b.example/")}, moved("https://b.example/")), "circle");
}

BOOST_AUTO_TEST_CASE(H12_the_sixth_redirect_is_refused) {
  std::vector<Url> hops;
  for (const auto* hop : {"https://a.example/", "https://b.example/", "https://c.example/", "https://d.example/"}) {
    hops.push_back(url(hop));
  }
  BOOST_TEST(std::holds_alternative<Url>(follow(asked, hops, moved("https://e.example/"))));
  hops.push_back(url("https://e.example/"));
  expect_refused(follow(asked, hops, moved("https://f.example/")), "more than 5 times");
}

BOOST_AUTO_TEST_CASE(H14_a_question_with_the_address_is_not_led_to_another_host) {
  HttpQuestion personal{url("https://autoconfig.example.org/mail/config-v1.1.xml?emailaddress=alice%40example.org")};
  personal.holds_address = true;
  expect_refused(follow(personal, {}, moved("https://hoster.example/?emailaddress=alice%40example.org")),
                 "address was sent");
  BOOST_TEST(std::holds_alternative<Url>(follow(personal, {}, moved("/other.xml"))));
}

BOOST_AUTO_TEST_CASE(D25_a_published_address_with_a_query_of_its_own_may_lead_to_another_host) {
  const HttpQuestion published{url("https://www.example.org/settings?for=mail")};
  const auto next = follow(published, {}, moved("https://hoster.example/settings?for=mail"));
  BOOST_REQUIRE(std::holds_alternative<Url>(next));
  BOOST_TEST(std::get<Url>(next).host == "hoster.example");
}

BOOST_AUTO_TEST_CASE(a_location_that_is_no_web_address_is_refused) {
  expect_refused(follow(asked, {}, moved("")), "where to");
  expect_refused(follow(asked, {}, moved("ftp://example.org/x")), "no web address");
}

BOOST_AUTO_TEST_SUITE_END()
