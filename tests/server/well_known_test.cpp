// What else is asked for at well-known places: calendars, contacts, JMAP, authorization servers, MTA-STS.
#include <boost/test/unit_test.hpp>

#include "server/dns_records.h"
#include "server/published.h"

namespace mailconf::testing {
namespace {

std::string service(const std::string& type, const std::string& url) {
  return "\n[[service]]\ntype = \"" + type + "\"\nurl = \"" + url + "\"\n";
}

const std::string services = service("caldav", "https://dav.example.com/calendars/") +
                             service("carddav", "https://dav.example.com/contacts/") +
                             service("jmap", "https://jmap.example.com/session");

std::string oauth2(const std::string& issuer, const std::string& more = "") {
  return "\n[oauth2]\nissuer = \"" + issuer +
         "\"\nauthURL = \"https://auth.example.com/authorize\"\n"
         "tokenURL = \"https://auth.example.com/token\"\nscope = \"mail offline_access\"\n" +
         more;
}

constexpr auto metadata = "/.well-known/oauth-authorization-server";
const std::string mta_sts =
    "\n[mtaSts]\nmode = \"enforce\"\nmx = [\"mx1.example.com\", \"*.example.net\"]\nmaxAge = 86400\n";

void expect_place(const Reply& reply, const std::string& place) {
  BOOST_TEST(reply.status == 301);
  BOOST_TEST(reply.header("location") == place);
}

struct WithServices : Published {
  WithServices() : Published({definition({"example.com"}) + services}) {}
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(well_known_services, WithServices)

BOOST_AUTO_TEST_CASE(row_82_every_method_is_sent_to_the_service) {
  for (const std::string method : {"GET", "HEAD", "PROPFIND", "OPTIONS", "REPORT", "POST"}) {
    const auto reply = request(method, "/.well-known/caldav", "example.com", "Content-Length: 0\r\n");
    BOOST_TEST_CONTEXT(method) { expect_place(reply, "https://dav.example.com/calendars/"); }
  }
  BOOST_TEST(get("/.well-known/caldav", "example.com").header("cache-control") == "public, max-age=3600");
}

BOOST_AUTO_TEST_CASE(contacts_and_jmap_have_places_of_their_own) {
  expect_place(get("/.well-known/carddav", "example.com"), "https://dav.example.com/contacts/");
  expect_place(get("/.well-known/CardDAV/", "www.example.com"), "https://dav.example.com/contacts/");
  expect_place(get("/.well-known/jmap", "example.com"), "https://jmap.example.com/session");
}

BOOST_AUTO_TEST_CASE(there_is_no_way_to_what_is_not_known) {
  const Published published({definition({"example.com"})});
  for (const std::string path : {"/.well-known/caldav", "/.well-known/carddav", "/.well-known/jmap"}) {
    BOOST_TEST(published.get(path, "example.com").status == 404);
    BOOST_TEST(get(path, "elsewhere.example").status == 404);
  }
}

BOOST_AUTO_TEST_CASE(nobody_is_sent_in_a_circle_or_to_somebody_elses_place) {
  for (const std::string url : {"https://example.com/.well-known/caldav", "https://dav.example.com/%EMAILADDRESS%/",
                                "http://dav.example.com/calendars/", "https://dav.example.com/a\\r\\nb/"}) {
    const Published published({definition({"example.com"}) + service("caldav", url)});
    BOOST_TEST(published.get("/.well-known/caldav", "example.com").status == 404);
  }
}

BOOST_AUTO_TEST_CASE(jmap_may_stand_among_the_servers) {
  const Published published({definition({"example.com"}) +
                             "\n[[incoming]]\ntype = \"jmap\"\nurl = \"https://jmap.example.com/s\"\n"
                             "authentication = [\"http-basic\"]\nusername = \"%EMAILADDRESS%\"\n"});
  expect_place(published.get("/.well-known/jmap", "example.com"), "https://jmap.example.com/s");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(authorization_servers)

BOOST_AUTO_TEST_CASE(the_host_of_the_issuer_describes_it) {
  const Published published({definition({"example.com"}) + oauth2("https://auth.example.com")});
  const auto reply = published.get(metadata, "auth.example.com");
  BOOST_TEST(reply.status == 200);
  BOOST_TEST(reply.header("content-type") == "application/json");
  BOOST_TEST(reply.body ==
             R"({"issuer":"https://auth.example.com","authorization_endpoint":"https://auth.example.com/authorize",)"
             R"("token_endpoint":"https://auth.example.com/token","scopes_supported":["mail","offline_access"],)"
             R"("response_types_supported":["code"]})");
  BOOST_TEST(published.get(metadata, "auth.example.com", "If-None-Match: " + reply.header("etag") + "\r\n").status ==
             304);
}

BOOST_AUTO_TEST_CASE(an_issuer_with_a_path_has_it_behind_the_well_known_place) {
  const Published published({definition({"example.com"}) + oauth2("https://auth.example.com/tenant")});
  BOOST_TEST(published.get(std::string(metadata) + "/tenant", "auth.example.com").status == 200);
  BOOST_TEST(published.get(metadata, "auth.example.com").status == 404);
  BOOST_TEST(published.get(std::string(metadata) + "/other", "auth.example.com").status == 404);
}

BOOST_AUTO_TEST_CASE(no_other_host_describes_it) {
  const Published published({definition({"example.com"}) + oauth2("https://auth.example.com/")});
  BOOST_TEST(published.get(metadata, "auth.example.com").status == 200);
  BOOST_TEST(published.get(metadata, "example.com").status == 404);
}

BOOST_AUTO_TEST_CASE(where_clients_register_the_whole_profile_is_told) {
  const Published published(
      {definition({"example.com"}) +
       oauth2("https://auth.example.com", "registrationURL = \"https://auth.example.com/register\"\n")});
  const auto body = published.get(metadata, "auth.example.com").body;
  for (const std::string member :
       {R"("registration_endpoint":"https://auth.example.com/register")",
        R"("code_challenge_methods_supported":["S256"])", R"("token_endpoint_auth_methods_supported":["none"])",
        R"("authorization_response_iss_parameter_supported":true)",
        R"("grant_types_supported":["authorization_code","refresh_token"])"})
    BOOST_TEST(body.find(member) != body.npos);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(policies)

BOOST_AUTO_TEST_CASE(the_policy_for_delivery_is_served_at_its_host) {
  const Published published({definition({"example.com"}) + mta_sts});
  const auto reply = published.get("/.well-known/mta-sts.txt", "mta-sts.example.com");
  BOOST_TEST(reply.status == 200);
  BOOST_TEST(reply.header("content-type") == "text/plain; charset=utf-8");
  BOOST_TEST(reply.body ==
             "version: STSv1\r\nmode: enforce\r\nmx: mx1.example.com\r\nmx: *.example.net\r\nmax_age: 86400\r\n");
  BOOST_TEST(published.get("/.well-known/mta-sts.txt", "example.com").status == 404);
}

BOOST_AUTO_TEST_CASE(without_a_policy_there_is_none) {
  const Published published({definition({"example.com"})});
  BOOST_TEST(published.get("/.well-known/mta-sts.txt", "mta-sts.example.com").status == 404);
}

BOOST_AUTO_TEST_CASE(the_record_of_a_policy_changes_with_it) {
  const auto record = [](int max_age) {
    const auto domain = *DomainName::parse("example.com");
    server::Definition definition;
    definition.settings.provider.domains = {domain};
    definition.mta_sts = {"testing", {"mx.example.com"}, max_age};
    return server::dns_records(server::publish(definition, domain)).front();
  };
  BOOST_TEST(record(1).starts_with("_mta-sts.example.com. IN TXT \"v=STSv1; id="));
  BOOST_TEST(record(1) == record(1));
  BOOST_TEST(record(1) != record(2));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
