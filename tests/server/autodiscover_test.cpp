// Autodiscover in XML: what is answered, to whom, and what is never told.
#include "server/autodiscover_questions.h"

namespace mailconf::testing {
namespace {

using namespace autodiscover;

const std::string activesync =
    "\n[[incoming]]\ntype = \"activeSync\"\nurl = \"https://eas.example.com/Microsoft-Server-ActiveSync\"\n"
    "authentication = [\"http-basic\"]\nusername = \"%EMAILADDRESS%\"\n";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(autodiscover_answers, TwoDomains)

BOOST_AUTO_TEST_CASE(row_41_a_posted_address_gets_the_settings_of_its_domain) {
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

BOOST_AUTO_TEST_CASE(row_42_letter_case_of_the_path_does_not_count) {
  const auto expected = asked(alice).body;
  for (const std::string path :
       {"/Autodiscover/Autodiscover.xml", "/AutoDiscover/AutoDiscover.xml", "/AutoDiscover/autodiscover.xml",
        "/AUTODISCOVER/AUTODISCOVER.XML", "/autodiscover.xml", "//autodiscover/autodiscover.xml/"})
    BOOST_TEST(post(path, host, alice).body == expected);
}

BOOST_AUTO_TEST_CASE(row_48_an_unknown_domain_is_an_error_and_unknown_users_are_like_known_ones) {
  BOOST_TEST(error_of(asked(asking_for("a@elsewhere.example"))) == 500);
  BOOST_TEST(settings_of(asked(asking_for("zzzzz@example.com"))).incoming.size() == 1U);
  BOOST_TEST(asked(asking_for("zzzzz@example.com")).body.size() == asked(alice).body.size());
}

BOOST_AUTO_TEST_CASE(row_51_an_unknown_schema_is_refused_and_never_repeated) {
  const auto reply = asked(asking_for("alice@example.com", "http://x/"));
  BOOST_TEST(error_of(reply) == 601);
  BOOST_TEST(!holds(reply, "http://x/"));
}

BOOST_AUTO_TEST_CASE(row_53_devices_are_told_where_activesync_is) {
  const Published published({definition({"example.com"}) + activesync});
  const auto reply = published.post(service, host, asking_for("alice@example.com", mobilesync));
  BOOST_TEST(reply.status == 200);
  BOOST_TEST(holds(reply, "<Response xmlns=\"" + mobilesync + "\">"));
  BOOST_TEST(holds(reply, "<Type>MobileSync</Type>"));
  BOOST_TEST(holds(reply, "<Url>https://eas.example.com/Microsoft-Server-ActiveSync</Url>"));
  BOOST_TEST(holds(reply, "<EMailAddress>alice@example.com</EMailAddress>"));
}

BOOST_AUTO_TEST_CASE(row_54_without_activesync_devices_get_an_error_and_no_other_settings) {
  const auto reply = asked(asking_for("alice@example.com", mobilesync));
  BOOST_TEST(error_of(reply) == 601);
  BOOST_TEST(!holds(reply, "imap."));
}

BOOST_AUTO_TEST_CASE(row_64_both_hosts_are_answered_and_the_address_counts_more) {
  BOOST_TEST(post(service, "example.com", alice).body == asked(alice).body);
  BOOST_TEST(post(service, "autodiscover.example.net", alice).body == asked(alice).body);
}

BOOST_AUTO_TEST_CASE(row_65_starttls_is_encryption_tls) {
  const Published published({definition({"example.com"}) +
                             "\n[[incoming]]\ntype = \"pop3\"\nhostname = \"pop.example.com\"\nport = 110\n"
                             "socketType = \"STARTTLS\"\nauthentication = [\"password-cleartext\"]\n"
                             "username = \"%EMAILLOCALPART%\"\n"});
  const auto reply = published.post(service, host, alice);
  const auto pop3 = reply.body.substr(reply.body.find("<Type>POP3</Type>"));
  BOOST_TEST(pop3.substr(0, pop3.find("</Protocol>")).find("<SSL>on</SSL>") != pop3.npos);
  BOOST_TEST(pop3.substr(0, pop3.find("</Protocol>")).find("<Encryption>TLS</Encryption>") != pop3.npos);
  const auto read = settings_of(reply).incoming.back();
  BOOST_TEST((read.socket_type == SocketType::starttls));
  BOOST_TEST(read.username == "alice");
}

BOOST_AUTO_TEST_CASE(row_65b_tls_from_the_first_octet_is_encryption_ssl) {
  const auto reply = asked(alice);
  BOOST_TEST(holds(reply, "<Encryption>SSL</Encryption>"));
  BOOST_TEST(!holds(reply, "<Encryption>TLS</Encryption>"));
}

BOOST_AUTO_TEST_CASE(row_66_secure_password_authentication_is_off) {
  BOOST_TEST(holds(asked(alice), "<SPA>off</SPA>"));
  BOOST_TEST(!holds(asked(alice), "<SPA>on</SPA>"));
}

BOOST_AUTO_TEST_CASE(row_67_switches_are_on_or_off) {
  const auto reply = asked(alice);
  BOOST_TEST(holds(reply, "<SSL>on</SSL>"));
  BOOST_TEST(holds(reply, "<AuthRequired>on</AuthRequired>"));
  BOOST_TEST(holds(reply, "<DomainRequired>off</DomainRequired>"));
  BOOST_TEST(!holds(reply, "true"));
}

BOOST_AUTO_TEST_CASE(row_68_there_is_one_account) {
  const auto reply = asked(alice);
  BOOST_TEST(reply.body.find("<Account>") == reply.body.rfind("<Account>"));
}

BOOST_AUTO_TEST_CASE(row_69_clients_are_sent_to_another_service_where_that_is_configured) {
  const auto with = [](const std::string& line) { return definition({"example.com"}) + "\n[autodiscover]\n" + line; };
  const Published by_url({with("redirectURL = \"https://hoster.example/autodiscover/autodiscover.xml\"\n")});
  BOOST_TEST(answer_of(by_url.post(service, host, alice)).redirect_url ==
             "https://hoster.example/autodiscover/autodiscover.xml");
  const Published by_address({with("redirectAddress = \"mail@hoster.example\"\n")});
  BOOST_TEST(answer_of(by_address.post(service, host, alice)).redirect_address == "mail@hoster.example");
}

BOOST_AUTO_TEST_CASE(row_70_nobodys_name_is_told) {
  BOOST_TEST(holds(asked(alice), "<DisplayName>alice@example.com</DisplayName>"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(autodiscover_without_a_question, TwoDomains)

BOOST_AUTO_TEST_CASE(row_44_a_person_who_looks_is_told_that_it_works) {
  const auto reply = get(service, "elsewhere.example");
  BOOST_TEST(error_of(reply) == 600);
  BOOST_TEST(holds(reply, "it works: mail clients ask it by POST"));
}

BOOST_AUTO_TEST_CASE(row_45_a_client_that_gets_without_an_address_takes_its_own) {
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

BOOST_AUTO_TEST_CASE(row_63_what_is_posted_in_clear_is_sent_to_https) {
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

BOOST_AUTO_TEST_CASE(row_63_a_trusted_proxy_says_how_it_was_asked) {
  const Published published({definition({"example.com"})},
                            {.server = "trusted-proxies = [\"127.0.0.1\"]", .more = "", .limits = {}});
  BOOST_TEST(published.post(service, host, alice, "X-Forwarded-Proto: https\r\n").status == 200);
  BOOST_TEST(published.post(service, host, alice, "X-Forwarded-Proto: http\r\n").status == 307);
  // A proxy that says nothing would be sent in a circle.
  BOOST_TEST(published.post(service, host, alice).status == 200);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
