// Autodiscover in JSON: where the protocols are.
#include <boost/test/unit_test.hpp>

#include "server/published.h"

namespace mailconf::testing {
namespace {

constexpr auto host = "autodiscover.example.com";
const std::string service = "/autodiscover/autodiscover.json";
const std::string url = "https://autodiscover.example.com/autodiscover/autodiscover.xml";

const std::string exchange =
    "\n[[incoming]]\ntype = \"activeSync\"\nurl = \"https://eas.example.com/Microsoft-Server-ActiveSync\"\n"
    "authentication = [\"http-basic\"]\nusername = \"%EMAILADDRESS%\"\n"
    "\n[[incoming]]\ntype = \"ews\"\nurl = \"https://ews.example.com/EWS/Exchange.asmx\"\n"
    "authentication = [\"http-basic\"]\nusername = \"%EMAILADDRESS%\"\n";

void expect(const Reply& reply, int status, const std::string& body) {
  BOOST_TEST(reply.status == status);
  BOOST_TEST(reply.header("content-type") == "application/json; charset=utf-8");
  BOOST_TEST(reply.body == body);
}

void expect_error(const Reply& reply, int status, const std::string& code) {
  BOOST_TEST(reply.status == status);
  BOOST_TEST(reply.header("content-type") == "application/json; charset=utf-8");
  BOOST_TEST(reply.body.starts_with("{\"ErrorCode\":\"" + code + "\",\"ErrorMessage\":\""));
}

struct OneDomain : Published {
  OneDomain() : Published({definition({"example.com"})}) {}
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(autodiscover_json, OneDomain)

BOOST_AUTO_TEST_CASE(row_72_the_spelling_of_the_protocol_is_repeated) {
  for (const std::string protocol : {"Autodiscoverv1", "AutodiscoverV1", "AUTODISCOVERV1"})
    expect(get(service + "?Email=alice@example.com&Protocol=" + protocol + "&RedirectCount=1", host), 200,
           "{\"Protocol\":\"" + protocol + "\",\"Url\":\"" + url + "\"}");
}

BOOST_AUTO_TEST_CASE(row_73_keys_have_no_letter_case_and_unknown_ones_do_not_count) {
  const auto expected = "{\"Protocol\":\"AutodiscoverV1\",\"Url\":\"" + url + "\"}";
  expect(get(service + "?email=alice%40example.com&PROTOCOL=AutodiscoverV1&RedirectCount=x&more", host), 200, expected);
  expect(get("/AutoDiscover/AutoDiscover.json?EMAIL=alice@example.com&protocol=AutodiscoverV1", host), 200, expected);
}

BOOST_AUTO_TEST_CASE(row_74_the_address_may_stand_in_the_path) {
  const std::string by_path = service + "/v1.0/alice%40example.com?Protocol=";
  expect_error(get(by_path + "ActiveSync", host), 400, "InvalidProtocol");
  expect(get(by_path + "AutodiscoverV1", host), 200, "{\"Protocol\":\"AutodiscoverV1\",\"Url\":\"" + url + "\"}");
  const Published published({definition({"example.com"}) + exchange});
  expect(published.get(by_path + "ActiveSync", host), 200,
         R"({"Protocol":"ActiveSync","Url":"https://eas.example.com/Microsoft-Server-ActiveSync"})");
  expect(published.get(by_path + "EWS", host), 200,
         R"({"Protocol":"EWS","Url":"https://ews.example.com/EWS/Exchange.asmx"})");
}

BOOST_AUTO_TEST_CASE(a_place_that_depends_on_the_user_needs_an_address) {
  auto text = definition({"example.com"}) + exchange;
  const Published published({text.replace(text.find("Microsoft-Server-ActiveSync"), 27, "%EMAILLOCALPART%")});
  expect_error(published.get(service + "?Protocol=ActiveSync", host), 400, "InvalidProtocol");
  expect(published.get(service + "/v1.0/Alice@example.com?Protocol=ActiveSync", host), 200,
         R"({"Protocol":"ActiveSync","Url":"https://eas.example.com/Alice"})");
}

BOOST_AUTO_TEST_CASE(an_unknown_protocol_is_not_repeated) {
  const auto reply = get(service + "?Email=alice@example.com&Protocol=%22%3Cx%3E", host);
  expect_error(reply, 400, "InvalidProtocol");
  BOOST_TEST(reply.body.find("<x>") == reply.body.npos);
}

BOOST_AUTO_TEST_CASE(row_75_the_place_of_the_other_form_depends_on_no_address) {
  expect(get(service + "?Protocol=AutodiscoverV1", host), 200,
         "{\"Protocol\":\"AutodiscoverV1\",\"Url\":\"" + url + "\"}");
  expect(get(service + "?Protocol=AutodiscoverV1", "elsewhere.example"), 200,
         R"({"Protocol":"AutodiscoverV1","Url":"https://elsewhere.example/autodiscover/autodiscover.xml"})");
}

BOOST_AUTO_TEST_CASE(row_76_the_protocol_must_be_named) {
  expect_error(get(service + "?Email=alice@example.com", host), 400, "MandatoryParameterMissing");
  expect_error(get(service + "/v1.0", host), 400, "MandatoryParameterMissing");
}

BOOST_AUTO_TEST_CASE(row_77_nobody_is_asked_for_a_password) {
  for (const std::string protocol : {"ActiveSync", "EWS", "REST", "AutodiscoverV1"}) {
    const auto reply = get(service + "/v1.0/alice@example.com?Protocol=" + protocol, host);
    BOOST_TEST(reply.status != 401);
    BOOST_TEST(reply.header("www-authenticate").empty());
  }
}

BOOST_AUTO_TEST_CASE(unknown_and_malformed_addresses_are_told_apart) {
  expect_error(get(service + "?Email=a@elsewhere.example&Protocol=AutodiscoverV1", host), 404, "UserNotFound");
  expect_error(get(service + "?Email=nonsense&Protocol=AutodiscoverV1", host), 400, "InvalidUserId");
}

BOOST_AUTO_TEST_CASE(a_host_that_is_no_name_is_not_repeated_to_others) {
  expect(get(service + "?Email=alice@example.com&Protocol=AutodiscoverV1", "127.0.0.1"), 200,
         "{\"Protocol\":\"AutodiscoverV1\",\"Url\":\"" + url + "\"}");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
