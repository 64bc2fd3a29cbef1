// Autodiscover in XML: questions in every form that clients send, and in those that attackers do.
#include "server/autodiscover_questions.h"

#include <sstream>

namespace mailconf::testing {
namespace {

using namespace autodiscover;

std::string utf16(const std::string& ascii) {
  std::string octets = "\xff\xfe";
  for (const char c : ascii) octets += {c, '\0'};
  return octets;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(autodiscover_questions, TwoDomains)

BOOST_AUTO_TEST_CASE(row_43_the_content_type_does_not_count) {
  const auto expected = asked(alice).body;
  for (const std::string type : {"application/xml", "application/x-www-form-urlencoded", "text/plain"})
    BOOST_TEST(asked(alice, "Content-Type: " + type + "\r\n").body == expected);
}

BOOST_AUTO_TEST_CASE(row_46_what_is_no_question_is_an_invalid_request) {
  for (const std::string body : {"", "<Autodiscover><Request>", "<!doctype html><html></html>", "{}", "\x01\x02"})
    BOOST_TEST_CONTEXT(body) { BOOST_TEST(error_of(asked(body)) == 600); }
}

BOOST_AUTO_TEST_CASE(row_47_a_question_without_an_address_is_invalid) {
  BOOST_TEST(error_of(asked("<Autodiscover><Request/></Autodiscover>")) == 600);
  BOOST_TEST(error_of(asked(asking_for(""))) == 600);
}

BOOST_AUTO_TEST_CASE(row_49_what_stands_beside_the_address_is_passed_over) {
  const auto reply = asked(
      "<Autodiscover><Request><X/><AcceptableResponseSchema>" + outlook +
      "</AcceptableResponseSchema><LegacyDN>/o=x</LegacyDN><EMailAddress>alice@example.com</EMailAddress></Request>"
      "</Autodiscover>");
  BOOST_TEST(reply.body == asked(alice).body);
}

BOOST_AUTO_TEST_CASE(row_50_without_a_wanted_schema_the_answer_is_that_for_outlook) {
  const auto reply =
      asked("<Autodiscover><Request><EMailAddress>alice@example.com</EMailAddress></Request></Autodiscover>");
  BOOST_TEST(reply.body == asked(alice).body);
}

BOOST_AUTO_TEST_CASE(row_52_prefixes_and_old_spellings_of_the_schema_are_accepted) {
  const auto expected = asked(alice).body;
  for (const std::string schema : {"https://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a",
                                   "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006"})
    BOOST_TEST(asked(asking_for("alice@example.com", schema)).body == expected);
  BOOST_TEST(asked("<a:Autodiscover xmlns:a=\"x\"><a:Request><a:EMailAddress>alice@example.com</a:EMailAddress>"
                   "</a:Request></a:Autodiscover>")
                 .body == expected);
}

BOOST_AUTO_TEST_CASE(row_55_byte_order_marks_and_utf_16_are_understood) {
  const auto expected = asked(alice).body;
  BOOST_TEST(asked("\xef\xbb\xbf" + alice).body == expected);
  auto wide = alice;
  BOOST_TEST(asked(utf16(wide.replace(wide.find("utf-8"), 5, "utf-16"))).body == expected);
}

BOOST_AUTO_TEST_CASE(row_56_external_entities_are_refused) {
  const auto reply = asked(
      "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><Autodiscover><Request>"
      "<EMailAddress>&e;@example.com</EMailAddress></Request></Autodiscover>");
  BOOST_TEST(error_of(reply) == 600);
}

BOOST_AUTO_TEST_CASE(row_57_nested_entities_are_refused) {
  const auto reply = asked(
      "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><Autodiscover><Request>"
      "<EMailAddress>&b;@example.com</EMailAddress></Request></Autodiscover>");
  BOOST_TEST(error_of(reply) == 600);
  BOOST_TEST(reply.body.size() < 1000U);
}

BOOST_AUTO_TEST_CASE(row_57_elements_nested_without_end_are_refused) {
  std::string deep;
  while (deep.size() < 60'000) deep += "<a>";
  BOOST_TEST(error_of(asked(deep)) == 600);
  std::string closed = deep;
  while (closed.size() < 65'000) closed += "</a>";
  BOOST_TEST(error_of(asked(closed)) == 600);
}

BOOST_AUTO_TEST_CASE(row_58_an_address_of_markup_does_no_harm) {
  BOOST_TEST(error_of(asked(asking_for("&lt;b&gt;&amp;@example.com"))) == 602);
  const auto quoted = settings_of(asked(asking_for("&quot;&lt;b&gt;&amp;&quot;@example.com")));
  BOOST_TEST(quoted.incoming.front().username == "\"<b>&\"@example.com");
}

BOOST_AUTO_TEST_CASE(row_59_a_body_over_the_limit_is_refused) {
  BOOST_TEST(asked(std::string(70'000, ' ')).status == 413);
  BOOST_TEST(settings_of(asked(alice + std::string(60'000, ' '))).incoming.size() == 1U);
}

BOOST_AUTO_TEST_CASE(row_60_a_chunked_question_is_understood) {
  Client client(http());
  const std::string start = "POST /autodiscover/autodiscover.xml HTTP/1.1\r\nHost: example.com\r\n";
  const auto half = alice.size() / 2;
  const auto chunk = [](const std::string& part) {
    std::ostringstream text;
    text << std::hex << part.size() << "\r\n" << part << "\r\n";
    return text.str();
  };
  client.send(start + "Transfer-Encoding: chunked\r\n\r\n" + chunk(alice.substr(0, half)) + chunk(alice.substr(half)) +
              "0\r\n\r\n");
  BOOST_TEST(client.read().body == asked(alice).body);
}

BOOST_AUTO_TEST_CASE(row_61_a_client_that_waits_for_leave_gets_it) {
  Client client(http());
  client.send("POST /autodiscover/autodiscover.xml HTTP/1.1\r\nHost: example.com\r\nContent-Length: " +
              std::to_string(alice.size()) + "\r\nExpect: 100-continue\r\n\r\n");
  BOOST_TEST(client.read().status == 100);
  client.send(alice);
  BOOST_TEST(client.read().body == asked(alice).body);
}

BOOST_AUTO_TEST_CASE(row_62_a_password_that_is_sent_along_is_passed_over) {
  const auto reply = asked(alice, "Authorization: Basic YWxpY2U6c2VjcmV0\r\n");
  BOOST_TEST(reply.body == asked(alice).body);
  BOOST_TEST(reply.header("www-authenticate").empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
