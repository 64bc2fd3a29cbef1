// Autodiscover by SOAP.
#include <boost/test/unit_test.hpp>

#include "server/published.h"

namespace mailconf::testing {
namespace {

constexpr auto service = "/autodiscover/autodiscover.svc";

std::string asking_for(const std::string& mailbox) {
  return "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><GetUserSettingsRequestMessage>"
         "<Request><Users><User><Mailbox>" +
         mailbox +
         "</Mailbox></User></Users><RequestedSettings><Setting>ExternalImap4Connections</Setting>"
         "<Setting>UserDisplayName</Setting></RequestedSettings></Request></GetUserSettingsRequestMessage></s:Body>"
         "</s:Envelope>";
}

bool holds(const Reply& reply, const std::string& text) { return reply.body.find(text) != reply.body.npos; }

struct OneDomain : Published {
  OneDomain() : Published({definition({"example.com"})}) {}
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(autodiscover_soap, OneDomain)

BOOST_AUTO_TEST_CASE(the_connections_of_a_user_are_told) {
  const auto reply = post("/AutoDiscover/AutoDiscover.svc", "elsewhere.example", asking_for("alice@example.com"));
  BOOST_TEST(reply.status == 200);
  BOOST_TEST(reply.header("content-type") == "text/xml; charset=utf-8");
  BOOST_TEST(reply.header("cache-control") == "no-store");
  BOOST_TEST(holds(reply, "<Hostname>imap.example.com</Hostname>"));
  BOOST_TEST(holds(reply, "<Value>alice@example.com</Value>"));
}

BOOST_AUTO_TEST_CASE(users_of_unknown_domains_and_malformed_ones_are_invalid) {
  for (const std::string mailbox : {"a@elsewhere.example", "nonsense", "", "&lt;a&gt;@example.com"}) {
    const auto reply = post(service, "example.com", asking_for(mailbox));
    BOOST_TEST(reply.status == 200);
    BOOST_TEST(holds(reply, "<ErrorCode>InvalidUser</ErrorCode>"));
    BOOST_TEST(!holds(reply, "imap.example.com"));
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_question_is_an_invalid_request) {
  for (const std::string body : {"", "<a/>", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><x>&e;</x>"})
    BOOST_TEST(holds(post(service, "example.com", body), "<ErrorCode>InvalidRequest</ErrorCode>"));
}

BOOST_AUTO_TEST_CASE(a_person_who_looks_is_told_what_it_is) {
  const auto reply = get(service, "example.com");
  BOOST_TEST(reply.status == 200);
  BOOST_TEST(holds(reply, "by SOAP"));
}

BOOST_AUTO_TEST_CASE(users_are_sent_elsewhere_where_that_is_configured) {
  const Published published(
      {definition({"example.com"}) + "\n[autodiscover]\nredirectAddress = \"mail@hoster.example\"\n"});
  const auto reply = published.post(service, "example.com", asking_for("alice@example.com"));
  BOOST_TEST(holds(reply, "<ErrorCode>RedirectAddress</ErrorCode>"));
  BOOST_TEST(holds(reply, "<RedirectTarget>mail@hoster.example</RedirectTarget>"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
