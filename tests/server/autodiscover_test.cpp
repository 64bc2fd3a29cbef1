// Autodiscover in XML: what is asked, what is answered, and what is never told.
#include <boost/test/unit_test.hpp>

#include "mailconf/formats.h"
#include "server/published.h"

namespace mailconf::testing {
namespace {

constexpr auto service = "/autodiscover/autodiscover.xml";
constexpr auto host = "autodiscover.example.com";
const std::string outlook = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";
const std::string mobilesync = "http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006";

std::string asking_for(const std::string& address, const std::string& schema = outlook) {
  return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Autodiscover><Request><EMailAddress>" + address +
         "</EMailAddress><AcceptableResponseSchema>" + schema + "</AcceptableResponseSchema></Request></Autodiscover>";
}
const std::string alice = asking_for("alice@example.com");

// The answer follows the format; with status 200, whatever it says.
AutodiscoverAnswer answer_of(const Reply& reply) {
  BOOST_TEST_REQUIRE(reply.status == 200);
  BOOST_TEST(reply.header("content-type") == "text/xml; charset=utf-8");
  auto answer = read_autodiscover_xml(reply.body, *DomainName::parse("example.com"));
  BOOST_TEST_REQUIRE(answer.has_value());
  return *std::move(answer);
}

Settings settings_of(const Reply& reply) {
  const auto answer = answer_of(reply);
  BOOST_TEST_REQUIRE(answer.document.has_value());
  for (const auto& remark : answer.document->diagnostics) BOOST_ERROR(remark.place + ": " + remark.message);
  return answer.document->settings;
}

int error_of(const Reply& reply) { return answer_of(reply).error; }

bool holds(const Reply& reply, const std::string& text) { return reply.body.find(text) != reply.body.npos; }

std::string utf16(const std::string& ascii) {
  std::string octets = "\xff\xfe";
  for (const char c : ascii) octets += {c, '\0'};
  return octets;
}

const std::string activesync =
    "\n[[incoming]]\ntype = \"activeSync\"\nurl = \"https://eas.example.com/Microsoft-Server-ActiveSync\"\n"
    "authentication = [\"http-basic\"]\nusername = \"%EMAILADDRESS%\"\n";

struct TwoDomains : Published {
  TwoDomains() : Published({definition({"example.com"}), definition({"example.net"})}) {}
  [[nodiscard]] Reply asked(const std::string& body, const std::string& more_headers = "") const {
    return post(service, host, body, more_headers);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(autodiscover_questions, TwoDomains)

BOOST_AUTO_TEST_CASE(case_41_a_posted_address_gets_the_settings_of_its_domain) {
  const auto reply = asked(alice, "Content-Type: text/xml; charset=utf-8\r\n");
  const auto settings = settings_of(reply);
  const Server imap{ServerType::imap,
                    "imap.example.com",
                    993,
                    SocketType::ssl,
                    {Authentication::password_cleartext},
                    "alice@example.com",
                    ""};
  const Server smtp{ServerType::smtp,
                    "smtp.example.com",
                    465,
                    SocketType::ssl,
                    {Authentication::password_cleartext},
                    "alice@example.com",
                    ""};
  BOOST_TEST((settings.incoming == std::vector{imap}));
  BOOST_TEST((settings.outgoing == std::vector{smtp}));
  for (const std::string part :
       {"<Autodiscover xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006\">",
        "<AccountType>email</AccountType>", "<Action>settings</Action>"})
    BOOST_TEST(holds(reply, part));
  BOOST_TEST(holds(reply, "<Response xmlns=\"" + outlook + "\">"));
  BOOST_TEST(reply.header("cache-control") == "no-store");
}

BOOST_AUTO_TEST_CASE(case_42_letter_case_of_the_path_does_not_count) {
  const auto expected = asked(alice).body;
  for (const std::string path :
       {"/Autodiscover/Autodiscover.xml", "/AutoDiscover/AutoDiscover.xml", "/AutoDiscover/autodiscover.xml",
        "/AUTODISCOVER/AUTODISCOVER.XML", "/autodiscover.xml", "//autodiscover/autodiscover.xml/"})
    BOOST_TEST(post(path, host, alice).body == expected);
}

BOOST_AUTO_TEST_CASE(case_43_the_content_type_does_not_count) {
  const auto expected = asked(alice).body;
  for (const std::string type : {"application/xml", "application/x-www-form-urlencoded", "text/plain"})
    BOOST_TEST(asked(alice, "Content-Type: " + type + "\r\n").body == expected);
}

BOOST_AUTO_TEST_CASE(case_46_what_is_no_question_is_an_invalid_request) {
  for (const std::string body : {"", "<Autodiscover><Request>", "<!doctype html><html></html>", "{}", "\x01\x02"})
    BOOST_TEST_CONTEXT(body) { BOOST_TEST(error_of(asked(body)) == 600); }
}

BOOST_AUTO_TEST_CASE(case_47_a_question_without_an_address_is_invalid) {
  BOOST_TEST(error_of(asked("<Autodiscover><Request/></Autodiscover>")) == 600);
  BOOST_TEST(error_of(asked(asking_for(""))) == 600);
}

BOOST_AUTO_TEST_CASE(case_48_an_unknown_domain_is_an_error_and_unknown_users_are_like_known_ones) {
  BOOST_TEST(error_of(asked(asking_for("a@elsewhere.example"))) == 500);
  BOOST_TEST(settings_of(asked(asking_for("zzzzz@example.com"))).incoming.size() == 1U);
  BOOST_TEST(asked(asking_for("zzzzz@example.com")).body.size() == asked(alice).body.size());
}

BOOST_AUTO_TEST_CASE(case_49_what_stands_beside_the_address_is_passed_over) {
  const auto reply = asked(
      "<Autodiscover><Request><X/><AcceptableResponseSchema>" + outlook +
      "</AcceptableResponseSchema><LegacyDN>/o=x</LegacyDN><EMailAddress>alice@example.com</EMailAddress></Request>"
      "</Autodiscover>");
  BOOST_TEST(reply.body == asked(alice).body);
}

BOOST_AUTO_TEST_CASE(case_50_without_a_wanted_schema_the_answer_is_that_for_outlook) {
  const auto reply =
      asked("<Autodiscover><Request><EMailAddress>alice@example.com</EMailAddress></Request></Autodiscover>");
  BOOST_TEST(reply.body == asked(alice).body);
}

BOOST_AUTO_TEST_CASE(case_51_an_unknown_schema_is_refused_and_never_repeated) {
  const auto reply = asked(asking_for("alice@example.com", "http://x/"));
  BOOST_TEST(error_of(reply) == 601);
  BOOST_TEST(!holds(reply, "http://x/"));
}

BOOST_AUTO_TEST_CASE(case_52_prefixes_and_old_spellings_of_the_schema_are_accepted) {
  const auto expected = asked(alice).body;
  for (const std::string schema : {"https://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a",
                                   "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006"})
    BOOST_TEST(asked(asking_for("alice@example.com", schema)).body == expected);
  BOOST_TEST(asked("<a:Autodiscover xmlns:a=\"x\"><a:Request><a:EMailAddress>alice@example.com</a:EMailAddress>"
                   "</a:Request></a:Autodiscover>")
                 .body == expected);
}

BOOST_AUTO_TEST_CASE(case_53_devices_are_told_where_activesync_is) {
  const Published published({definition({"example.com"}) + activesync});
  const auto reply = published.post(service, host, asking_for("alice@example.com", mobilesync));
  BOOST_TEST(reply.status == 200);
  BOOST_TEST(holds(reply, "<Response xmlns=\"" + mobilesync + "\">"));
  BOOST_TEST(holds(reply, "<Type>MobileSync</Type>"));
  BOOST_TEST(holds(reply, "<Url>https://eas.example.com/Microsoft-Server-ActiveSync</Url>"));
  BOOST_TEST(holds(reply, "<EMailAddress>alice@example.com</EMailAddress>"));
}

BOOST_AUTO_TEST_CASE(case_54_without_activesync_devices_get_an_error_and_no_other_settings) {
  const auto reply = asked(asking_for("alice@example.com", mobilesync));
  BOOST_TEST(error_of(reply) == 601);
  BOOST_TEST(!holds(reply, "imap."));
}

BOOST_AUTO_TEST_CASE(case_55_byte_order_marks_and_utf_16_are_understood) {
  const auto expected = asked(alice).body;
  BOOST_TEST(asked("\xef\xbb\xbf" + alice).body == expected);
  auto wide = alice;
  BOOST_TEST(asked(utf16(wide.replace(wide.find("utf-8"), 5, "utf-16"))).body == expected);
}

BOOST_AUTO_TEST_CASE(case_56_external_entities_are_refused) {
  const auto reply = asked(
      "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><Autodiscover><Request>"
      "<EMailAddress>&e;@example.com</EMailAddress></Request></Autodiscover>");
  BOOST_TEST(error_of(reply) == 600);
}

BOOST_AUTO_TEST_CASE(case_57_nested_entities_are_refused) {
  const auto reply = asked(
      "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><Autodiscover><Request>"
      "<EMailAddress>&b;@example.com</EMailAddress></Request></Autodiscover>");
  BOOST_TEST(error_of(reply) == 600);
  BOOST_TEST(reply.body.size() < 1000U);
}

BOOST_AUTO_TEST_CASE(case_57_elements_nested_without_end_are_refused) {
  std::string deep;
  while (deep.size() < 60'000) deep += "<a>";
  BOOST_TEST(error_of(asked(deep)) == 600);
  std::string closed = deep;
  while (closed.size() < 65'000) closed += "</a>";
  BOOST_TEST(error_of(asked(closed)) == 600);
}

BOOST_AUTO_TEST_CASE(case_58_an_address_of_markup_does_no_harm) {
  BOOST_TEST(error_of(asked(asking_for("&lt;b&gt;&amp;@example.com"))) == 602);
  const auto quoted = settings_of(asked(asking_for("&quot;&lt;b&gt;&amp;&quot;@example.com")));
  BOOST_TEST(quoted.incoming.front().username == "\"<b>&\"@example.com");
}

BOOST_AUTO_TEST_CASE(case_59_a_body_over_the_limit_is_refused) {
  BOOST_TEST(asked(std::string(70'000, ' ')).status == 413);
  BOOST_TEST(settings_of(asked(alice + std::string(60'000, ' '))).incoming.size() == 1U);
}

BOOST_AUTO_TEST_CASE(case_60_a_chunked_question_is_understood) {
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

BOOST_AUTO_TEST_CASE(case_61_a_client_that_waits_for_leave_gets_it) {
  Client client(http());
  client.send("POST /autodiscover/autodiscover.xml HTTP/1.1\r\nHost: example.com\r\nContent-Length: " +
              std::to_string(alice.size()) + "\r\nExpect: 100-continue\r\n\r\n");
  BOOST_TEST(client.read().status == 100);
  client.send(alice);
  BOOST_TEST(client.read().body == asked(alice).body);
}

BOOST_AUTO_TEST_CASE(case_62_a_password_that_is_sent_along_is_passed_over) {
  const auto reply = asked(alice, "Authorization: Basic YWxpY2U6c2VjcmV0\r\n");
  BOOST_TEST(reply.body == asked(alice).body);
  BOOST_TEST(reply.header("www-authenticate").empty());
}

BOOST_AUTO_TEST_CASE(case_64_both_hosts_are_answered_and_the_address_counts_more) {
  BOOST_TEST(post(service, "example.com", alice).body == asked(alice).body);
  BOOST_TEST(post(service, "autodiscover.example.net", alice).body == asked(alice).body);
}

BOOST_AUTO_TEST_CASE(case_65_starttls_is_encryption_tls) {
  const Published published({definition({"example.com"}) +
                             "\n[[incoming]]\ntype = \"pop3\"\nhostname = \"pop.example.com\"\nport = 110\n"
                             "socketType = \"STARTTLS\"\nauthentication = [\"password-cleartext\"]\n"
                             "username = \"%EMAILLOCALPART%\"\n"});
  const auto reply = published.post(service, host, alice);
  const auto pop3 = reply.body.substr(reply.body.find("<Type>POP3</Type>"));
  BOOST_TEST(pop3.substr(0, pop3.find("</Protocol>")).find("<SSL>on</SSL>") != pop3.npos);
  BOOST_TEST(pop3.substr(0, pop3.find("</Protocol>")).find("<Encryption>TLS</Encryption>") != pop3.npos);
  const auto& read = settings_of(reply).incoming.back();
  BOOST_TEST((read.socket_type == SocketType::starttls));
  BOOST_TEST(read.username == "alice");
}

BOOST_AUTO_TEST_CASE(case_65b_tls_from_the_first_octet_is_encryption_ssl) {
  const auto reply = asked(alice);
  BOOST_TEST(holds(reply, "<Encryption>SSL</Encryption>"));
  BOOST_TEST(!holds(reply, "<Encryption>TLS</Encryption>"));
}

BOOST_AUTO_TEST_CASE(case_66_secure_password_authentication_is_off) {
  BOOST_TEST(holds(asked(alice), "<SPA>off</SPA>"));
  BOOST_TEST(!holds(asked(alice), "<SPA>on</SPA>"));
}

BOOST_AUTO_TEST_CASE(case_67_switches_are_on_or_off) {
  const auto reply = asked(alice);
  BOOST_TEST(holds(reply, "<SSL>on</SSL>"));
  BOOST_TEST(holds(reply, "<AuthRequired>on</AuthRequired>"));
  BOOST_TEST(holds(reply, "<DomainRequired>off</DomainRequired>"));
  BOOST_TEST(!holds(reply, "true"));
}

BOOST_AUTO_TEST_CASE(case_68_there_is_one_account) {
  const auto reply = asked(alice);
  BOOST_TEST(reply.body.find("<Account>") == reply.body.rfind("<Account>"));
}

BOOST_AUTO_TEST_CASE(case_69_clients_are_sent_to_another_service_where_that_is_configured) {
  const auto with = [](const std::string& line) { return definition({"example.com"}) + "\n[autodiscover]\n" + line; };
  const Published by_url({with("redirectURL = \"https://hoster.example/autodiscover/autodiscover.xml\"\n")});
  BOOST_TEST(answer_of(by_url.post(service, host, alice)).redirect_url ==
             "https://hoster.example/autodiscover/autodiscover.xml");
  const Published by_address({with("redirectAddress = \"mail@hoster.example\"\n")});
  BOOST_TEST(answer_of(by_address.post(service, host, alice)).redirect_address == "mail@hoster.example");
}

BOOST_AUTO_TEST_CASE(case_70_nobodys_name_is_told) {
  BOOST_TEST(holds(asked(alice), "<DisplayName>alice@example.com</DisplayName>"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(autodiscover_without_a_question, TwoDomains)

BOOST_AUTO_TEST_CASE(case_44_a_person_who_looks_is_told_that_it_works) {
  const auto reply = get(service, "elsewhere.example");
  BOOST_TEST(error_of(reply) == 600);
  BOOST_TEST(holds(reply, "it works: mail clients ask it by POST"));
}

BOOST_AUTO_TEST_CASE(case_45_a_client_that_gets_without_an_address_takes_its_own) {
  const auto reply = get(service, "example.com");
  BOOST_TEST(!holds(reply, "LoginName"));
  BOOST_TEST(!holds(reply, "%EMAIL"));
  const auto settings = settings_of(reply);
  BOOST_TEST(settings.incoming.front().hostname == "imap.example.com");
  BOOST_TEST(settings.incoming.front().username == "%EMAILADDRESS%");
  BOOST_TEST(settings_of(get(service, "autodiscover.example.net")).incoming.front().hostname == "imap.example.net");
}

BOOST_AUTO_TEST_CASE(the_general_answer_is_kept_by_caches) {
  const auto reply = get(service, "example.com");
  BOOST_TEST(reply.header("cache-control") == "public, max-age=3600");
  BOOST_TEST(get(service, "example.com", "If-None-Match: " + reply.header("etag") + "\r\n").status == 304);
  BOOST_TEST(get(service, "example.com", "Accept-Encoding: gzip\r\n").header("content-encoding") == "gzip");
  BOOST_TEST(request("HEAD", service, "example.com").header("etag") == reply.header("etag"));
}

BOOST_AUTO_TEST_CASE(other_methods_are_refused) {
  BOOST_TEST(request("OPTIONS", service, host).header("allow") == "GET, HEAD, POST, OPTIONS");
  const auto reply = request("PUT", service, host, "Content-Length: 0\r\n");
  BOOST_TEST(reply.status == 405);
  BOOST_TEST(reply.header("allow") == "GET, HEAD, POST, OPTIONS");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(autodiscover_in_clear)

BOOST_AUTO_TEST_CASE(case_63_what_is_posted_in_clear_is_sent_to_https) {
  const Published published({definition({"example.com"})},
                            {.server = "trusted-proxies = [\"192.0.2.1\"]", .more = "", .limits = {}});
  const auto posted = published.post(service, "autodiscover.example.com:8080", alice);
  BOOST_TEST(posted.status == 307);
  BOOST_TEST(posted.header("location") == "https://autodiscover.example.com/autodiscover/autodiscover.xml");
  const auto got = published.get("/Autodiscover/Autodiscover.xml", host);
  BOOST_TEST(got.status == 302);
  BOOST_TEST(got.header("location") == "https://autodiscover.example.com/Autodiscover/Autodiscover.xml");
  BOOST_TEST(published.get("/mail/config-v1.1.xml", "example.com").status == 200);
}

BOOST_AUTO_TEST_CASE(case_63_a_trusted_proxy_says_how_it_was_asked) {
  const Published published({definition({"example.com"})},
                            {.server = "trusted-proxies = [\"127.0.0.1\"]", .more = "", .limits = {}});
  BOOST_TEST(published.post(service, host, alice, "X-Forwarded-Proto: https\r\n").status == 200);
  BOOST_TEST(published.post(service, host, alice, "X-Forwarded-Proto: http\r\n").status == 307);
  // A proxy that says nothing would be sent in a circle.
  BOOST_TEST(published.post(service, host, alice).status == 200);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
